//! Where the exercises are: in the folder that is named, or in the nearest one from here upwards.

use super::info::{self, Exercise, INFO, NoList};
use std::path::{Path, PathBuf};
use std::{env, io};

/// Where they are in a clone of the repository.
const IN_A_CLONE: &str = "crates/exercises";

/// A folder of exercises.
#[derive(Debug)]
pub(super) struct Folder {
    /// An absolute path.
    pub(super) path: PathBuf,
    pub(super) exercises: Vec<Exercise>,
}

impl Folder {
    /// The folder that is named, or else the nearest one from the current folder upwards. The error is one sentence.
    pub(super) fn find(named: Option<&Path>) -> Result<Self, String> {
        match named {
            Some(folder) => Self::named(folder),
            None => Self::upwards(&env::current_dir().map_err(|error| no_current_folder(&error))?),
        }
    }

    /// `folder` itself, or `crates/exercises` in it.
    pub(super) fn named(folder: &Path) -> Result<Self, String> {
        let shown = folder.display();
        if !folder.is_dir() {
            return Err(format!("{shown} is not a folder; name a clone of the repository, or its {IN_A_CLONE}"));
        }
        let absolute = std::path::absolute(folder).map_err(|error| no_current_folder(&error))?;
        Self::at(&absolute)?.ok_or_else(|| {
            format!(
                "no exercises in {shown}: rustlings' list of them is neither {shown}/{INFO} nor \
                 {shown}/{IN_A_CLONE}/{INFO}; name a clone of the repository, or its {IN_A_CLONE}"
            )
        })
    }

    fn upwards(here: &Path) -> Result<Self, String> {
        for folder in here.ancestors() {
            if let Some(found) = Self::at(folder)? {
                return Ok(found);
            }
        }
        Err(format!(
            "no exercises in {} or in any folder above it: rustlings' list of them is neither {INFO} nor \
             {IN_A_CLONE}/{INFO} there; go to a clone of the repository, or name one with --dir",
            here.display()
        ))
    }

    /// `None` if it has no list.
    fn at(folder: &Path) -> Result<Option<Self>, String> {
        for path in [folder.to_owned(), folder.join(IN_A_CLONE)] {
            match info::read(&path) {
                Ok(exercises) => return Ok(Some(Self { path, exercises })),
                Err(NoList::Absent | NoList::NotOurs) => {}
                Err(NoList::Broken(sentence)) => return Err(sentence),
            }
        }
        Ok(None)
    }

    /// Its path as it is shown: from the current folder, if it is below it.
    pub(super) fn shown(&self) -> PathBuf {
        let here = env::current_dir().unwrap_or_default();
        self.path.strip_prefix(here).unwrap_or(&self.path).to_owned()
    }

    /// The groups in their order, each with its exercises.
    pub(super) fn groups(&self) -> Vec<(&str, Vec<&Exercise>)> {
        grouped_by(&self.exercises, Exercise::group)
    }
}

fn no_current_folder(error: &io::Error) -> String {
    format!("the current folder cannot be found: {error}; go to another one")
}

/// `items` by their groups, which stand in the order in which they begin.
pub(super) fn grouped_by<'a, T>(items: &'a [T], group: impl Fn(&'a T) -> &'a str) -> Vec<(&'a str, Vec<&'a T>)> {
    let mut groups: Vec<(&str, Vec<&T>)> = Vec::new();
    for item in items {
        let name = group(item);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(item),
            None => groups.push((name, vec![item])),
        }
    }
    groups
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
        assert!(Folder::upwards(&deep).expect_err("it is broken").contains("info.toml cannot be read: "));
    }

    #[test]
    fn what_was_looked_at_is_said() {
        let (_clone, _, deep) = clone();
        let sentence = Folder::named(&deep).expect_err("there is none, and above it nobody looks");
        assert!(sentence.contains(&format!("neither {0}/info.toml nor {0}/crates/", deep.display())), "{sentence}");
        assert!(Folder::named(&deep.join("missing")).expect_err("there is none").contains("is not a folder"));
        let sentence = Folder::upwards(Path::new("/")).expect_err("there is none");
        assert!(sentence.starts_with("no exercises in / or in any folder above it"), "{sentence}");
    }
}
