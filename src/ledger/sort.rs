//! Sorting in few instructions.
//!
//! The standard library's sorts are made for speed: each kind of list that is sorted by them is 4 kB
//! more of the module that a first visit waits for. What is sorted here is short, or rarely sorted.

use std::cmp::Ordering;

/// Sorts in place, in O(n log n) steps. Items that compare as equal come in any order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    // First a heap, in which no item is greater than the one above it; then again and again the
    // greatest of the heap goes behind it.
    let count = items.len();
    for step in (0..count + count / 2).rev() {
        let (heap, at) = if step < count { (step, 0) } else { (count, step - count) };
        if step < count {
            items.swap(0, step);
        }
        sift_down(&mut items[..heap], at, &compare);
    }
}

/// Lets an item of a heap sink to its place.
fn sift_down<T>(heap: &mut [T], mut at: usize, compare: &impl Fn(&T, &T) -> Ordering) {
    loop {
        let mut below = 2 * at + 1;
        if below + 1 < heap.len() && compare(&heap[below], &heap[below + 1]).is_lt() {
            below += 1;
        }
        if below >= heap.len() || compare(&heap[at], &heap[below]).is_ge() {
            return;
        }
        heap.swap(at, below);
        at = below;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut number = 1_u32;
        for length in 0..200 {
            let mut items: Vec<u32> = (0..length)
                .map(|_| {
                    number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    number >> 24
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            sort_by(&mut items, Ord::cmp);
            assert_eq!(items, expected);
            sort_by(&mut items, |a, b| b.cmp(a));
            expected.reverse();
            assert_eq!(items, expected);
        }
    }
}
