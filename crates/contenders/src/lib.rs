#![doc = include_str!("../README.md")]
//!
//! A [`Job`](job::Job) says what one pass does. A [`Contender`](contender::Contender) does it: once to be counted, which proves
//! that its work is that of the others, and then to be timed.
//!
//! | where | what it has |
//! |---|---|
//! | [`dries`] | who takes part in the job of `scale` |
//! | `groups`, with the feature of that name | who takes part in which job of the benches |
//! | [`python`] | another language |
//! | [`tally`], [`work`] | what is counted, and what it is compared with |
//! | [`axis`], [`chart`] | how both draw the times: a chart with a logarithmic axis |
//! | [`pin`] | threads that stay on a core |
//! | [`versions`] | which version of a library takes part |
//! | inside: `kits` | the tasks of a job, which all runtimes share, so that contenders differ by their runtime alone |
//! | `sync` | the channels and mutexes of each library, behind the same traits |
//! | `through_trait` | a job on any runtime of the course |
//! | `by_hand` | the same with the runtime's own spawn, yield and sleep |
//! | `floors` | loops and threads that do a job and nothing else |
//! | `peers` | other libraries |
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the groups, most passes have no use, and are not compiled.
#![cfg_attr(not(feature = "groups"), allow(dead_code, unused_imports))]

pub mod axis;
pub mod chart;
pub mod contender;
pub mod dries;
#[cfg(feature = "groups")]
pub mod groups;
pub mod job;
pub mod newcomer;
pub mod pin;
pub mod prove;
pub mod python;
pub mod tally;
pub mod versions;
pub mod work;

mod by_hand;
mod floors;
mod kits;
#[cfg(feature = "peers")]
mod peers;
mod sync;
mod through_trait;
