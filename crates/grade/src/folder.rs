//! Where the exercises are: in the named folder, or in the nearest one from here upwards.

use crate::Error;
use crate::info::{self, Exercise, INFO, NoList};
use paintdry_terminal::show::shown_path;
use std::path::{Path, PathBuf};
use std::{env, io};

/// Where they are in a clone of the repository.
const IN_A_CLONE: &str = "crates/exercises";

/// A folder of exercises.
#[derive(Debug)]
pub struct Folder {
    /// An absolute path.
    pub path: PathBuf,
    /// Its exercises, in their order.
    pub exercises: Vec<Exercise>,
}

impl Folder {
    /// The nearest one, searched from the current folder upwards.
    ///
    /// # Errors
    /// If there is none, or its list cannot be read.
    pub fn from_here() -> Result<Self, Error> {
        Self::upwards(&env::current_dir().map_err(|error| no_current_folder(&error))?)
    }

    /// `folder` itself, or `crates/exercises` in it.
    ///
    /// # Errors
    /// If there is no list of exercises, or it cannot be read.
    pub fn named(folder: &Path) -> Result<Self, Error> {
        let shown = shown_path(folder);
        if !folder.is_dir() {
            let sentence = format!("{shown} is not a folder; name a clone of the repository, or its {IN_A_CLONE}");
            return Err(Error::new(sentence));
        }
        let absolute = std::path::absolute(folder).map_err(|error| no_current_folder(&error))?;
        Self::at(&absolute)?.ok_or_else(|| {
            Error::new(format!(
                "no exercises in {shown}: rustlings' list of them is neither {shown}/{INFO} nor \
                 {shown}/{IN_A_CLONE}/{INFO}; name a clone of the repository, or its {IN_A_CLONE}"
            ))
        })
    }

    fn upwards(here: &Path) -> Result<Self, Error> {
        for folder in here.ancestors() {
            if let Some(found) = Self::at(folder)? {
                return Ok(found);
            }
        }
        Err(Error::new(format!(
            "no exercises in {} or in any folder above it, neither {INFO} nor {IN_A_CLONE}/{INFO}; \
             go to a clone of the repository",
            shown_path(here)
        )))
    }

    /// `None` if it has no list.
    fn at(folder: &Path) -> Result<Option<Self>, Error> {
        for path in [folder.to_owned(), folder.join(IN_A_CLONE)] {
            match info::read(&path) {
                Ok(exercises) => return Ok(Some(Self { path, exercises })),
                Err(NoList::Absent | NoList::NotOurs) => {}
                Err(NoList::Broken(sentence)) => return Err(Error::new(sentence)),
            }
        }
        Ok(None)
    }

    /// The folder with only these of its exercises, or with all if none is named.
    ///
    /// # Errors
    /// If an exercise is not in the list.
    pub fn only(mut self, names: &[String]) -> Result<Self, Error> {
        let known = |name: &&String| self.exercises.iter().any(|exercise| exercise.name == **name);
        if let Some(unknown) = names.iter().find(|name| !known(name)) {
            return Err(Error::new(self.no_exercise(unknown)));
        }
        self.exercises.retain(|exercise| names.is_empty() || names.contains(&exercise.name));
        Ok(self)
    }

    fn no_exercise(&self, unknown: &str) -> String {
        let distance = |known: &str| strsim::damerau_levenshtein(known, unknown);
        let nearest = self.exercises.iter().map(|exercise| (distance(&exercise.name), &exercise.name)).min();
        match nearest {
            Some((distance, known)) if distance <= 3 && distance < known.len() => {
                format!("no exercise is called '{unknown}', did you mean '{known}'?")
            }
            _ => format!("no exercise is called '{unknown}'; the list is {}", shown_path(&self.path.join(INFO))),
        }
    }
}

fn no_current_folder(error: &io::Error) -> Error {
    Error::new(format!("the current folder cannot be found: {error}; go to another one"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const LIST: &str = "format_version = 1\n[[exercises]]\nname = \"paint1\"\nhint = \"paint\"";

    /// A clone with exercises, and a folder deep in it.
    fn clone() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let clone = tempfile::tempdir().expect("a folder");
        let exercises = clone.path().join(IN_A_CLONE);
        let deep = clone.path().join("docs/images");
        fs::create_dir_all(&exercises).and_then(|()| fs::create_dir_all(&deep)).expect("folders");
        fs::write(exercises.join(INFO), LIST).expect("a list");
        (clone, exercises, deep)
    }

    #[test]
    fn a_clone_its_exercises_and_any_folder_below() {
        let (clone, exercises, deep) = clone();
        for named in [clone.path(), &exercises] {
            assert_eq!(Folder::named(named).expect("it is found").path, exercises);
        }
        for here in [clone.path(), &exercises, &deep] {
            assert_eq!(Folder::upwards(here).expect("it is found").path, exercises);
        }
    }

    #[test]
    fn a_list_of_something_else_is_passed_over_and_a_broken_one_is_not() {
        let (_clone, exercises, deep) = clone();
        fs::write(deep.join(INFO), "title = \"a record\"").expect("a file");
        assert_eq!(Folder::upwards(&deep).expect("it is found").path, exercises);
        fs::write(deep.join(INFO), "exercises = 3").expect("a file");
        assert!(Folder::upwards(&deep).expect_err("it is broken").to_string().contains("info.toml cannot be read: "));
    }

    #[test]
    fn what_was_looked_at_is_said() {
        let (_clone, _, deep) = clone();
        let sentence =
            Folder::named(&deep).expect_err("there is none, and folders above it are not searched").to_string();
        assert!(sentence.contains(&format!("neither {0}/info.toml nor {0}/crates/", deep.display())), "{sentence}");
        assert!(
            Folder::named(&deep.join("missing")).expect_err("there is none").to_string().contains("is not a folder")
        );
        let sentence = Folder::upwards(Path::new("/")).expect_err("there is none").to_string();
        assert!(sentence.starts_with("no exercises in / or in any folder above it"), "{sentence}");
    }
}
