//! How components act: ask the node, show a toast.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use std::collections::BTreeMap;
use yew::prelude::*;

use super::model::{Action, ToastBody};
use crate::api::{Answer, Command, Reply, Request, UserError, code};

/// What a request was answered.
pub type Answered = Result<Answer, UserError>;
/// Sends a request to the node.
pub type Post = Rc<dyn Fn(&Request)>;
type OnAnswer = Box<dyn FnOnce(Answered)>;

/// The line to the node.
enum Line {
    /// It is being laid. What the page's components ask when they are first shown comes before that, as their effects
    /// run before those around them; it is sent then. As many as there are components.
    Opening(Vec<Request>),
    /// Requests are sent.
    Open(Post),
}

struct Inner {
    line: RefCell<Line>,
    act: RefCell<Option<Callback<Action>>>,
    pending: RefCell<BTreeMap<u64, OnAnswer>>,
    next_id: Cell<u64>,
}

/// The one thing in context: it never changes, so taking it draws nothing again.
#[derive(Clone)]
pub struct Dispatch(Rc<Inner>);

impl PartialEq for Dispatch {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Default for Dispatch {
    fn default() -> Self {
        Self(Rc::new(Inner {
            line: RefCell::new(Line::Opening(Vec::new())),
            act: RefCell::default(),
            pending: RefCell::default(),
            next_id: Cell::new(1),
        }))
    }
}

impl Dispatch {
    /// Ties it to the node and to the page's state; what was asked before is sent now.
    pub fn connect(&self, post: Post, act: Callback<Action>) {
        *self.0.act.borrow_mut() = Some(act);
        if let Line::Opening(waiting) = self.0.line.replace(Line::Open(post.clone())) {
            waiting.iter().for_each(|request| post(request));
        }
    }

    /// Changes the page's state.
    pub fn act(&self, action: Action) {
        let act = self.0.act.borrow().clone();
        if let Some(act) = act {
            act.emit(action);
        }
    }

    /// Shows a toast.
    pub fn toast(&self, body: ToastBody) {
        self.act(Action::Toast(body));
    }

    /// Asks the node; `on_answer` gets the answer, or why there is none.
    pub fn request(&self, command: Command, on_answer: impl FnOnce(Answered) + 'static) {
        let id = self.0.next_id.get();
        self.0.next_id.set(id + 1);
        self.0.pending.borrow_mut().insert(id, Box::new(on_answer));
        let request = Request { id, command };
        let post = match &mut *self.0.line.borrow_mut() {
            Line::Open(post) => post.clone(),
            Line::Opening(waiting) => return waiting.push(request),
        };
        post(&request);
    }

    /// Asks the node, as a future.
    ///
    /// # Errors
    /// What the node answers, or that it is gone.
    pub async fn ask(&self, command: Command) -> Answered {
        let (sender, receiver) = oneshot::channel();
        self.request(command, move |answered| {
            // Nobody waits any more if the caller was dropped.
            let _ = sender.send(answered);
        });
        receiver.await.unwrap_or_else(|_| {
            Err(UserError::new(code::INTERNAL_ERROR, "node-not-running", "the node is not running"))
        })
    }

    /// Tells the node; an error becomes a toast.
    pub fn send(&self, command: Command) {
        let dispatch = self.clone();
        self.request(command, move |answered| {
            if let Err(error) = answered {
                dispatch.toast(ToastBody::Error(error));
            }
        });
    }

    /// Gives a reply to who asked.
    pub fn answer(&self, reply: Reply) {
        let waiting = self.0.pending.borrow_mut().remove(&reply.id);
        if let Some(on_answer) = waiting {
            on_answer(reply.result);
        }
    }

    /// Answers all who wait that the node is gone.
    pub fn fail_all(&self, error: &UserError) {
        let waiting = std::mem::take(&mut *self.0.pending.borrow_mut());
        for (_, on_answer) in waiting {
            on_answer(Err(error.clone()));
        }
    }
}

/// The dispatcher of this page.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connected() -> (Dispatch, Rc<RefCell<Vec<Request>>>) {
        let sent = Rc::new(RefCell::new(Vec::new()));
        let dispatch = Dispatch::default();
        let log = sent.clone();
        dispatch.connect(Rc::new(move |request: &Request| log.borrow_mut().push(request.clone())), Callback::noop());
        (dispatch, sent)
    }

    #[test]
    fn a_reply_reaches_who_asked_and_only_once() {
        let (dispatch, sent) = connected();
        let answers = Rc::new(Cell::new(0));
        let count = answers.clone();
        dispatch.request(Command::ListStoredNodes, move |_| count.set(count.get() + 1));
        dispatch.request(Command::RevealWords, |_| panic!("not asked"));
        let id = sent.borrow()[0].id;
        for _ in 0..2 {
            dispatch.answer(Reply { id, result: Ok(Answer::Done) });
        }
        assert_eq!(answers.get(), 1);
    }

    #[test]
    fn what_is_asked_before_the_line_is_open_is_sent_then() {
        let dispatch = Dispatch::default();
        let answers = Rc::new(Cell::new(0));
        let count = answers.clone();
        dispatch
            .request(Command::ListStoredNodes, move |answered| count.set(count.get() + u32::from(answered.is_ok())));
        let sent = Rc::new(RefCell::new(Vec::new()));
        let log = sent.clone();
        dispatch.connect(Rc::new(move |request: &Request| log.borrow_mut().push(request.clone())), Callback::noop());
        assert_eq!(sent.borrow().len(), 1);
        dispatch.answer(Reply { id: sent.borrow()[0].id, result: Ok(Answer::Done) });
        assert_eq!((sent.borrow()[0].id, answers.get()), (1, 1));
    }

    #[test]
    fn a_node_that_fails_answers_all_who_wait() {
        let (dispatch, _) = connected();
        let failed = Rc::new(Cell::new(0));
        for _ in 0..3 {
            let seen = failed.clone();
            dispatch
                .request(Command::ListStoredNodes, move |answered| seen.set(seen.get() + u32::from(answered.is_err())));
        }
        dispatch.fail_all(&UserError::new(-1, "x", "x"));
        assert_eq!(failed.get(), 3);
    }
}
