//! The tree of choices, for a page to draw: made of its leaves, which come in the order of the tree.

use crate::survey::{Kind, Leaf};
use serde::Serialize;

/// A choice, or the end of a run.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Node {
    Choice { ready: u32, branches: Vec<Branch> },
    Leaf { ended: Kind, turns: u64 },
}

/// One of the tasks that can be chosen.
#[derive(Debug, Serialize)]
pub(crate) struct Branch {
    position: u32,
    /// `None` if no run was made that chooses it.
    name: Option<String>,
    node: Option<Node>,
}

/// The tree below the choices that all of these leaves begin with.
pub(crate) fn tree(leaves: &[Leaf], root: usize, tasks: &[String]) -> Option<Node> {
    let first = leaves.first()?;
    let Some(ready) = first.choices.get(root).map(|chosen| chosen.of) else {
        return Some(Node::Leaf { ended: first.kind, turns: first.turns });
    };
    let mut rest = leaves;
    let branches = (0..ready).map(|position| {
        let is_here = |leaf: &Leaf| leaf.choices.get(root).is_some_and(|chosen| chosen.position == position);
        let (here, later) = rest.split_at(rest.iter().take_while(|leaf| is_here(leaf)).count());
        rest = later;
        let name = here.first().and_then(|leaf| tasks.get(leaf.choices[root].task as usize)).cloned();
        Branch { position, name, node: tree(here, root + 1, tasks) }
    });
    Some(Node::Choice { ready, branches: branches.collect() })
}
