//! The stack of a running script.

use super::ScriptError;
use crate::ledger::script::number;

/// The elements, the top one last.
#[derive(Clone, Default, Debug)]
pub(super) struct Stack(Vec<Vec<u8>>);

impl Stack {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn elements(&self) -> &[Vec<u8>] {
        &self.0
    }

    /// Refuses to go on with fewer than `count` elements.
    pub(super) fn need(&self, count: usize) -> Result<(), ScriptError> {
        if self.0.len() < count { Err(ScriptError::InvalidStackOperation) } else { Ok(()) }
    }

    /// Index of the element `depth` below the top.
    fn index(&self, depth: usize) -> Result<usize, ScriptError> {
        depth.checked_add(1).and_then(|count| self.0.len().checked_sub(count)).ok_or(ScriptError::InvalidStackOperation)
    }

    /// The element `depth` below the top, which is at depth 0.
    pub(super) fn top(&self, depth: usize) -> Result<&[u8], ScriptError> {
        let index = self.index(depth)?;
        self.0.get(index).map(Vec::as_slice).ok_or(ScriptError::InvalidStackOperation)
    }

    pub(super) fn push(&mut self, element: Vec<u8>) {
        self.0.push(element);
    }

    pub(super) fn push_number(&mut self, value: i64) {
        self.0.push(number::encode(value));
    }

    pub(super) fn push_bool(&mut self, value: bool) {
        self.0.push(if value { vec![1] } else { Vec::new() });
    }

    pub(super) fn pop(&mut self) -> Result<Vec<u8>, ScriptError> {
        self.0.pop().ok_or(ScriptError::InvalidStackOperation)
    }

    pub(super) fn drop_top(&mut self, count: usize) -> Result<(), ScriptError> {
        self.need(count)?;
        self.0.truncate(self.0.len() - count);
        Ok(())
    }

    /// Copies the `count` elements from `depth` upwards to the top.
    pub(super) fn copy(&mut self, depth: usize, count: usize) -> Result<(), ScriptError> {
        let start = self.index(depth)?;
        let end =
            start.checked_add(count).filter(|end| *end <= self.0.len()).ok_or(ScriptError::InvalidStackOperation)?;
        self.0.extend_from_within(start..end);
        Ok(())
    }

    /// Moves the `count` elements from `depth` upwards to the top.
    pub(super) fn raise(&mut self, depth: usize, count: usize) -> Result<(), ScriptError> {
        let start = self.index(depth)?;
        let tail = self.0.get_mut(start..).filter(|tail| tail.len() >= count);
        tail.ok_or(ScriptError::InvalidStackOperation)?.rotate_left(count);
        Ok(())
    }

    /// Moves the top element down to `depth`.
    pub(super) fn sink(&mut self, depth: usize) -> Result<(), ScriptError> {
        let start = self.index(depth)?;
        self.0.get_mut(start..).ok_or(ScriptError::InvalidStackOperation)?.rotate_right(1);
        Ok(())
    }
}
