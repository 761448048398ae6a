//! Chapter 18: scans that block, in the task and on a pool of two threads.

use super::runs::Lane::{self, Task};
use super::runs::{Part, part, pictured};
use crate::chapters::bridging::pool;

pub(super) fn draw() -> String {
    const IN_THE_TASK: &[Lane] = &[Task("main"), Task("heart")];
    const ON_A_POOL: &[Lane] = &[Task("main"), Task("heart"), Task("sky"), Task("sea"), Task("sun"), Task("moon")];
    let parts = [part(0, IN_THE_TASK), part(2, ON_A_POOL)].map(|part| Part { mark: "beat", ..part });
    pictured(&pool::replay(), &parts)
}
