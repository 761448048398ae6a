//! Profiles: how many instructions an operation of the loop takes, and of its floor, by function; and where a task's memory
//! is. They are counted and not timed, so they do not depend on what else the machine does.

pub mod caches;
pub mod callgrind;
pub mod growth;
pub mod memory;
pub mod subjects;
pub mod tables;

use serde::{Deserialize, Serialize};

/// How they are made.
pub const METHOD: &str = "Each pass is run under valgrind's callgrind for a short time and for a long one, and the \
    difference is divided by the operations that the long one has more; so what starts and ends a process cancels out. Of \
    three such differences the one with the middle total counts. What the compiler has inlined into a function is listed by \
    the file that it comes from.";

/// All profiles, and with what they were made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profiles {
    /// The version of the shape.
    pub schema: u32,
    /// [`METHOD`].
    pub method: String,
    /// The version of the compiler.
    pub rustc: String,
    /// The version of valgrind.
    pub valgrind: String,
    /// In the order of [`subjects::all`].
    pub profiles: Vec<Profile>,
}

/// Where the instructions of one operation are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The job, as the groups of the comparison are called.
    pub job: String,
    /// Who did it, as the contenders are called.
    pub name: String,
    /// What an operation is.
    pub per: String,
    /// All of them.
    pub instructions: f64,
    /// By function and file, the most first; those of less than half an instruction are left out.
    pub functions: Vec<Function>,
}

/// The instructions of one function that come from one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its name, without the path and the type parameters.
    pub function: String,
    /// A file of the workspace, the name of a library, or `std`.
    pub file: String,
    /// How many.
    pub instructions: f64,
}

impl Profiles {
    /// The profile of a contender of a job.
    #[must_use]
    pub fn of(&self, job: &str, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.job == job && profile.name == name)
    }
}
