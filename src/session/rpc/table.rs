//! What a method is and what it takes: the one description from which the help, the checks of
//! number and kind, named parameters and the console's reading of words are made.
//!
//! Names, order, kinds and defaults are Core's (`RPCHelpMan`, `RPCArg` in `src/rpc/util.h`). What
//! Core takes and this node does not serve is written here too: giving it is an error that says so.

use serde_json::Value;

use super::args::Args;
use super::param::Param;
use crate::api::{UserError, code};
use crate::ledger::Time;
use crate::session::driver::Session;
use crate::session::state::State;

/// What a method came to.
pub(in crate::session) enum Outcome {
    /// The result is here.
    Now(Value),
    /// It comes when the miner has found so many blocks.
    WhenMined,
}

/// A call being answered.
pub(super) struct Call<'a> {
    pub(super) now: Time,
    /// The page's number of the request, for results that come later.
    pub(super) request: u64,
    pub(super) args: &'a Args,
}

/// A method.
pub(super) struct Method {
    /// Core's name.
    pub name: &'static str,
    /// Core's help section.
    pub section: &'static str,
    /// Its parameters, in their order.
    pub params: &'static [Param],
    /// What it does.
    pub summary: &'static str,
    /// How it is answered.
    pub run: Run,
}

/// How a method is answered: its type says whether anything changes.
pub(super) enum Run {
    /// From what the session knows.
    Reads(fn(&State, Call<'_>) -> Result<Value, UserError>),
    /// By what the session does.
    Acts(fn(&mut Session, Call<'_>) -> Result<Outcome, UserError>),
}

impl Method {
    /// Answers a call with these parameters.
    ///
    /// # Errors
    /// As [`Args::read`], and the method's own.
    pub(super) fn call(
        &self,
        session: &mut Session,
        now: Time,
        request: u64,
        given: &[Value],
    ) -> Result<Outcome, UserError> {
        let args = Args::read(self.params, given, |found| {
            UserError::new(code::MISC_ERROR, "rpc-usage", self.help()).fact("usage", self.usage()).fact("found", found)
        })?;
        let call = Call { now, request, args: &args };
        match self.run {
            Run::Reads(run) => run(session, call).map(Outcome::Now),
            Run::Acts(run) => run(session, call),
        }
    }

    /// Name and parameters, the optional ones in brackets.
    pub(super) fn usage(&self) -> String {
        let mut text = self.name.to_owned();
        let mut is_optional = false;
        for param in self.params {
            match (param.is_required(), is_optional) {
                (false, false) => text.push_str(" ("),
                (true, true) => text.push_str(" )"),
                _ => {}
            }
            is_optional = !param.is_required();
            text.push(' ');
            text.push_str(&param.usage());
        }
        if is_optional {
            text.push_str(" )");
        }
        text
    }

    /// The whole help.
    pub(super) fn help(&self) -> String {
        let mut text = format!("{}\n\n{}\n", self.usage(), self.summary);
        if !self.params.is_empty() {
            text.push_str("\nArguments:\n");
        }
        for (at, param) in self.params.iter().enumerate() {
            text.push_str(&param.help(&format!("{}. ", at + 1), ""));
        }
        text
    }
}
