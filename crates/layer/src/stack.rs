//! The spans that a thread is in.

use crate::seen::{Claim, Kind, Resource, Task};
use std::sync::Arc;

/// The spans that a thread has entered and not left, the last one last.
#[derive(Debug, Default)]
pub(crate) struct Stack(Vec<Entered>);

/// A span that a thread is in.
#[derive(Debug)]
struct Entered {
    span: u64,
    what: InSpan,
}

/// What it is in.
#[derive(Debug)]
pub(crate) enum InSpan {
    /// A poll of a task.
    Poll {
        task: u32,
        kind: Kind,
    },
    /// The span of a task in which other code runs, which took it along.
    Context,
    Resource(Arc<Resource>),
    /// A claim, and what its last poll said.
    Claim {
        claim: Arc<Claim>,
        is_ready: Option<bool>,
    },
}

impl Stack {
    pub(crate) fn enter(&mut self, span: u64, what: InSpan) {
        self.0.push(Entered { span, what });
    }

    pub(crate) fn leave(&mut self, span: u64) -> Option<InSpan> {
        let at = self.0.iter().rposition(|entered| entered.span == span)?;
        Some(self.0.remove(at).what)
    }

    /// The task that this thread polls.
    pub(crate) fn task(&self) -> Option<u32> {
        self.0.iter().rev().find_map(Entered::task)
    }

    /// All tasks that it polls: more than one if they are polled inside each other.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter_map(Entered::task)
    }

    /// The resource that it is in.
    pub(crate) fn resource(&self) -> Option<&Arc<Resource>> {
        self.0.iter().rev().find_map(|entered| match &entered.what {
            InSpan::Resource(resource) => Some(resource),
            _ => None,
        })
    }

    /// The claim that it is in, if it is in no task that is polled inside it.
    pub(crate) fn claim(&self) -> Option<&Arc<Claim>> {
        self.claims().next()
    }

    /// How often it is in the claim that it is in, or in parts of it: once if the claim is not polled here.
    pub(crate) fn depth_of_claim(&self) -> usize {
        let number = self.claim().map(|claim| claim.number);
        self.claims().filter(|claim| Some(claim.number) == number).count()
    }

    /// Keeps what a poll of the claim said.
    pub(crate) fn set_ready(&mut self, ready: bool) {
        let claim = self.0.iter_mut().rev().find_map(|entered| match &mut entered.what {
            InSpan::Claim { is_ready, .. } => Some(is_ready),
            _ => None,
        });
        if let Some(is_ready) = claim {
            *is_ready = Some(ready);
        }
    }

    /// Whether a task is polled whose span is entered now. A span can also be taken along, as the context of what another
    /// task does.
    pub(crate) fn is_poll(&self, task: &Task) -> bool {
        let Some((number, kind)) = self.0.iter().rev().find_map(Entered::poll) else { return true };
        let runs_others = matches!(kind, Kind::BlockOn | Kind::Local);
        match task.kind {
            Kind::Task | Kind::Local => runs_others && number != task.number,
            Kind::BlockOn => task.by == Some(number),
            Kind::Blocking => false,
        }
    }

    /// The claims since the last poll of a task, the last one first.
    fn claims(&self) -> impl Iterator<Item = &Arc<Claim>> {
        let in_poll = self.0.iter().rev().take_while(|entered| entered.task().is_none());
        in_poll.filter_map(|entered| match &entered.what {
            InSpan::Claim { claim, .. } => Some(claim),
            _ => None,
        })
    }
}

impl Entered {
    fn poll(&self) -> Option<(u32, Kind)> {
        match self.what {
            InSpan::Poll { task, kind } => Some((task, kind)),
            _ => None,
        }
    }

    fn task(&self) -> Option<u32> {
        self.poll().map(|(task, _)| task)
    }
}
