//! Judges the exercises in a student's folder: builds each with cargo, runs its tests, and says which pass and why the
//! others do not.
//!
//! [`Folder`] finds the list of exercises, [`grade`] goes through them, and the [`Report`] becomes a [`page`] for people,
//! JSON, or [`junit`] XML. The command `paintdry grade` is made of this.
//!
//! **The exercises are a stranger's programs, and grading runs them, with your rights.** Grade them where they can do no
//! harm, such as in a container.
//!
//! ```no_run
//! use paintdry_grade::{Folder, Graded, Plan, grade};
//! use std::{path::Path, thread, time::Duration};
//!
//! let folder = Folder::named(Path::new("students/ada"))?;
//! let plan = Plan { folder, solutions: false, limit: Duration::from_secs(30) };
//! let Graded { report, .. } = grade(&plan, |doing| {
//!     eprintln!("{doing}");
//!     thread::sleep(Duration::from_millis(20));
//!     false // not interrupted
//! })?;
//! println!("{} of {} passed", report.passed, report.total);
//! # Ok::<(), paintdry_grade::Error>(())
//! ```

mod error;
pub use error::Error;

mod info;
pub use info::Exercise;

mod folder;
pub use folder::Folder;

mod build;

mod verdict;

mod grade;
pub use grade::{Graded, Plan, grade};

mod report;
pub use report::{Judged, Report, Verdict};

mod message;

mod page;
pub use page::page;

mod junit;
pub use junit::junit;
