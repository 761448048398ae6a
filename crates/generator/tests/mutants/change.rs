//! Reads a mutant, and makes its change.
//!
//! A file begins with a sentence that says what is broken. Then come the changes, as in a unified diff, but without
//! line numbers, which would soon be wrong. `---` names the file. Below it, the lines with a space
//! or a minus are searched for, and replaced by the lines with a space or a plus.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) struct Mutant {
    /// Its file's name.
    pub(crate) name: String,
    /// What is broken.
    pub(crate) what: String,
    changes: Vec<Change>,
}

struct Change {
    file: String,
    old: String,
    new: String,
}

pub(crate) fn crate_root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl Mutant {
    /// The mutants of this folder, by name.
    pub(crate) fn all() -> Result<Vec<Self>, String> {
        let folder = crate_root().join("tests/mutants");
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let paths = entries.map(|entry| entry.expect("it can be read").path());
        let mut paths: Vec<_> =
            paths.filter(|path| path.extension().is_some_and(|extension| extension == "diff")).collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> Result<Self, String> {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("it is UTF-8").to_owned();
        let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        let mut parts = text.split("--- ");
        let what = parts.next().unwrap_or_default().trim().to_owned();
        if !what.ends_with('.') {
            return Err(format!("{name}: begin with a sentence that says what is broken"));
        }
        let changes: Vec<_> = parts.map(Change::read).collect();
        if changes.is_empty() {
            return Err(format!("{name}: name a file behind `---`, with the change below it"));
        }
        Ok(Self { name, what, changes })
    }

    /// Each file that it changes in the crate at `root`, before and after. (No mutant changes a file in two places.)
    pub(crate) fn changed(&self, root: &Path) -> Result<Vec<(PathBuf, String, String)>, String> {
        let changed = self.changes.iter().map(|change| change.make(root));
        changed.collect::<Result<_, _>>().map_err(|error| format!("{}: {error}", self.name))
    }
}

impl Change {
    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let file = lines.next().unwrap_or_default().trim().to_owned();
        let (mut old, mut new) = (String::new(), String::new());
        for line in lines {
            // An empty line is a line of context whose space an editor has removed.
            let (mark, rest) = (line.chars().next().unwrap_or(' '), line.get(1..).unwrap_or_default());
            for (text, other) in [(&mut old, '+'), (&mut new, '-')] {
                if mark != other {
                    text.extend([rest, "\n"]);
                }
            }
        }
        Self { file, old, new }
    }

    fn make(&self, root: &Path) -> Result<(PathBuf, String, String), String> {
        let path = root.join(&self.file);
        let before = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", self.file))?.replace('\r', "");
        match before.matches(&self.old).count() {
            _ if self.old == self.new => Err(format!("it changes nothing in {}", self.file)),
            1 => Ok((path, before.clone(), before.replacen(&self.old, &self.new, 1))),
            0 => Err(format!(
                "its lines are not in {} any more; find the new lines, and break those:\n{}",
                self.file, self.old
            )),
            times => Err(format!("its lines stand {times} times in {}; add some of those around them", self.file)),
        }
    }
}
