//! A set that remembers the order of its members and never grows past its limit.

use std::collections::VecDeque;

use crate::ledger::SortedSet;

/// A set with a limit, oldest member first.
#[derive(Clone, Debug)]
pub(super) struct BoundedSet<T> {
    order: VecDeque<T>,
    members: SortedSet<T>,
    limit: usize,
}

impl<T: Ord + Copy> BoundedSet<T> {
    pub(super) const fn new(limit: usize) -> Self {
        Self { order: VecDeque::new(), members: SortedSet::new(), limit }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn contains(&self, item: &T) -> bool {
        self.members.contains(item)
    }

    /// Adds `item`; the oldest member makes room. Whether it is new.
    pub(super) fn insert(&mut self, item: T) -> bool {
        if !self.members.insert(item) {
            return false;
        }
        self.order.push_back(item);
        if self.order.len() > self.limit
            && let Some(oldest) = self.order.pop_front()
        {
            self.members.remove(&oldest);
        }
        true
    }

    /// Adds `item` if there is room.
    pub(super) fn insert_if_room(&mut self, item: T) {
        if self.order.len() < self.limit {
            self.insert(item);
        }
    }

    /// Keeps the members for which `keep` says so, asked oldest first.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let members = &mut self.members;
        self.order.retain(|item| {
            let kept = keep(item);
            if !kept {
                members.remove(item);
            }
            kept
        });
    }

    pub(super) fn clear(&mut self) {
        self.order.clear();
        self.members.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_member_makes_room() {
        let mut set = BoundedSet::new(3);
        for number in 0..10 {
            assert!(set.insert(number));
            assert!(!set.insert(number));
            assert!(set.len() <= 3);
        }
        assert!(!set.contains(&6));
        assert!([7, 8, 9].iter().all(|number| set.contains(number)));
        set.retain(|number| *number != 8);
        assert!(!set.contains(&8) && set.contains(&7) && set.len() == 2);
        set.insert_if_room(1);
        set.insert_if_room(2);
        assert!(set.contains(&1) && !set.contains(&2));
    }
}
