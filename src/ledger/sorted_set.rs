//! A set kept as one sorted vector.
//!
//! A member is found by halving, as in a tree; to put one in, those after it are moved along. For
//! the few to few thousand members of most sets here that is as fast as `BTreeSet`, and each kind
//! of `BTreeSet` is 5 kB more of the module that a first visit waits for. What grows with the chain
//! or is filled by others without a limit stays a tree. (For maps there is `litemap::BTreeMap`.)

/// A set of few members, in their order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SortedSet<T>(Vec<T>);

impl<T> SortedSet<T> {
    /// The empty set.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members, the smallest first.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The largest member.
    pub fn last(&self) -> Option<&T> {
        self.0.last()
    }

    /// Keeps the members for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// Takes out all members.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T: Ord> SortedSet<T> {
    /// Whether `item` is a member.
    pub fn contains(&self, item: &T) -> bool {
        self.0.binary_search(item).is_ok()
    }

    /// Puts `item` in. Whether it is new.
    pub fn insert(&mut self, item: T) -> bool {
        let found = self.0.binary_search(&item);
        if let Err(place) = found {
            self.0.insert(place, item);
        }
        found.is_err()
    }

    /// Takes `item` out. Whether it was a member.
    pub fn remove(&mut self, item: &T) -> bool {
        let found = self.0.binary_search(item);
        if let Ok(place) = found {
            self.0.remove(place);
        }
        found.is_ok()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        for item in items {
            set.insert(item);
        }
        set
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SortedSet<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn members_are_in_order_and_each_is_there_once() {
        let mut set: SortedSet<u32> = [5, 1, 9, 5, 3].into_iter().collect();
        assert_eq!(set.iter().copied().collect::<Vec<_>>(), [1, 3, 5, 9]);
        assert_eq!((set.len(), set.last()), (4, Some(&9)));
        set.retain(|number| *number != 5);
        assert_eq!(set.clone().into_iter().collect::<Vec<_>>(), [1, 3, 9]);
        set.clear();
        assert!(set.is_empty() && set.last().is_none());
    }

    #[test]
    fn it_says_and_does_what_a_tree_does() {
        let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
        let mut number = 1_u32;
        for _ in 0..2_000 {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (item, puts_in) = (number >> 25, number & 0x8000 != 0);
            assert_eq!(set.contains(&item), tree.contains(&item));
            if puts_in {
                assert_eq!(set.insert(item), tree.insert(item));
            } else {
                assert_eq!(set.remove(&item), tree.remove(&item));
            }
            assert!(set.iter().eq(&tree));
        }
    }
}
