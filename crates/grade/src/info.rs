//! The list of exercises, as rustlings reads it: `info.toml`.

use paintdry_terminal::show::{shorten, shown_path};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The file's name.
pub(crate) const INFO: &str = "info.toml";

/// The limit for reading it: far more than any list needs.
const MOST_BYTES: u64 = 4 << 20;

/// The limits for what it lists.
const MOST_EXERCISES: usize = 10_000;
const MOST_CHARACTERS: usize = 100;

/// The newest format that rustlings 6.5 reads.
const NEWEST_FORMAT: u32 = 1;

/// The part of the file that matters here.
#[derive(Debug, Deserialize)]
struct Info {
    format_version: u32,
    exercises: Vec<Exercise>,
}

/// One exercise.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Exercise {
    /// Its name, and that of its file.
    pub name: String,
    /// Its folder below `exercises`; its group.
    pub dir: Option<String>,
    /// Whether it has tests; otherwise it is enough that it runs.
    #[serde(default = "yes")]
    pub test: bool,
}

const fn yes() -> bool {
    true
}

impl Exercise {
    /// Its path below the folder of the exercises.
    pub fn path(&self) -> PathBuf {
        self.below("exercises")
    }

    /// The path of its solution.
    pub fn solution_path(&self) -> PathBuf {
        self.below("solutions")
    }

    fn below(&self, folder: &str) -> PathBuf {
        Path::new(folder).join(self.dir.as_deref().unwrap_or_default()).join(format!("{}.rs", self.name))
    }

    /// Its group.
    pub fn group(&self) -> &str {
        group_of(self.dir.as_deref())
    }
}

/// The group of an exercise in this folder. Exercises without a folder form one group.
pub(crate) fn group_of(dir: Option<&str>) -> &str {
    dir.unwrap_or("exercises")
}

/// Why there is no list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoList {
    /// There is no such file.
    Absent,
    /// The file belongs to another program.
    NotOurs,
    /// It cannot be read: a sentence that says why.
    Broken(String),
}

/// Reads the list of this folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Exercise>, NoList> {
    let path = folder.join(INFO);
    let broken = |why: &dyn std::fmt::Display| NoList::Broken(format!("{} cannot be read: {why}", shown_path(&path)));
    let text = text_of(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => NoList::Absent,
        _ => broken(&error),
    })?;
    let info = toml::from_str::<Info>(&text).map_err(|error| {
        let has_exercises = |table: toml::Table| table.contains_key("exercises");
        match toml::from_str(&text).map(has_exercises) {
            Ok(false) => NoList::NotOurs,
            _ => broken(&format!("line {}: {}", line(&text, error.span()), error.message().replace('\n', " "))),
        }
    })?;
    if info.format_version > NEWEST_FORMAT {
        return Err(broken(&format!("its format {} is newer than {NEWEST_FORMAT}", info.format_version)));
    }
    match complaint(&info.exercises) {
        Some(complaint) => Err(broken(&complaint)),
        None => Ok(info.exercises),
    }
}

/// The text of a file, unless it has no end or is too long for a list. The folder is a stranger's.
fn text_of(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    // What the system itself writes has no length, and reading it may wait for ever, as /proc/kmsg does.
    if metadata.len() == 0 {
        return Ok(String::new());
    }
    let mut text = String::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other("it is longer than any list of exercises"));
    }
    Ok(text)
}

fn line(text: &str, span: Option<std::ops::Range<usize>>) -> usize {
    span.and_then(|span| text.get(..span.start)).unwrap_or_default().matches('\n').count() + 1
}

/// Refuses what rustlings would refuse as well. The names become paths, options of cargo and elements of XML.
fn complaint(exercises: &[Exercise]) -> Option<String> {
    if exercises.is_empty() {
        return Some("it lists no exercises".to_owned());
    }
    if exercises.len() > MOST_EXERCISES {
        return Some(format!("it lists {} exercises, and at most {MOST_EXERCISES} are allowed", exercises.len()));
    }
    let is_long = |name: &str| name.chars().nth(MOST_CHARACTERS).is_some();
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let mut names = BTreeSet::new();
    exercises.iter().find_map(|exercise| {
        let name = &exercise.name;
        if is_long(name) || exercise.dir.as_deref().is_some_and(is_long) {
            let start = shorten(name, 20);
            return Some(format!("the name or the dir of {start:?} is longer than {MOST_CHARACTERS} characters"));
        }
        if !is_name(name) || !exercise.dir.as_deref().is_none_or(is_name) {
            return Some(format!("the name and the dir of {name:?} must be letters, digits and _"));
        }
        (!names.insert(name)).then(|| format!("there are two exercises called {name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Exercise>, NoList> {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(INFO), text).expect("a file");
        read(folder.path())
    }

    #[test]
    fn exercises_with_and_without_a_folder() {
        let text = "format_version = 1\nwelcome_message = \"hello\"\n\
                    [[exercises]]\nname = \"paint1\"\ndir = \"01_blocking\"\nhint = \"paint\"\n\
                    [[exercises]]\nname = \"free\"\ntest = false\nhint = \"none\"";
        let exercises = read_text(text).expect("it can be read");
        assert_eq!(exercises[0].path(), Path::new("exercises/01_blocking/paint1.rs"));
        assert_eq!(exercises[0].solution_path(), Path::new("solutions/01_blocking/paint1.rs"));
        assert_eq!(exercises[1].path(), Path::new("exercises/free.rs"));
        assert_eq!([exercises[0].group(), exercises[1].group()], ["01_blocking", "exercises"]);
        assert_eq!([exercises[0].test, exercises[1].test], [true, false]);
    }

    #[test]
    fn what_is_no_list_says_why() {
        assert_eq!(read(Path::new("/no/such/folder")), Err(NoList::Absent));
        assert_eq!(read_text("title = \"a record\""), Err(NoList::NotOurs));
        let broken = |text: &str| match read_text(text) {
            Err(NoList::Broken(sentence)) => sentence,
            other => panic!("{text}: {other:?}"),
        };
        let exercise = |name: &str| format!("[[exercises]]\nname = '{name}'\nhint = \"\"\n");
        assert!(broken("format_version = 1\n[[exercises]]\ndir = \"x\"").contains("line 2: missing field `name`"));
        assert!(broken("\nexercises = 3").contains("line 2: "));
        assert!(broken("format_version = 2\nexercises = []").contains("its format 2 is newer than 1"));
        assert!(broken("format_version = 1\nexercises = []").contains("it lists no exercises"));
        for name in ["../../etc", "a b", "", "-q", "a/b"] {
            let text = format!("format_version = 1\n{}", exercise(name));
            assert!(broken(&text).contains("letters, digits and _"), "{name}");
        }
        let long = format!("format_version = 1\n{}#{}", exercise("a"), "a".repeat(5 << 20));
        assert!(broken(&long).contains("it is longer than any list"));
        let many = |count: usize| (0..count).map(|number| exercise(&format!("a{number}"))).collect::<String>();
        let text = format!("format_version = 1\n{}", many(MOST_EXERCISES + 1));
        assert!(broken(&text).contains("it lists 10001 exercises, and at most 10000 are allowed"));
        assert!(read_text(&format!("format_version = 1\n{}", many(MOST_EXERCISES))).is_ok());
        for (length, is_refused) in [(100, false), (101, true)] {
            for key in ["name", "dir"] {
                let other = if key == "dir" { "name = 'a'\n" } else { "" };
                let text = format!("format_version = 1\n[[exercises]]\n{other}{key} = '{}'\n", "é".repeat(length));
                let refused = matches!(read_text(&text), Err(NoList::Broken(why)) if why.contains("longer than 100"));
                assert_eq!(refused, is_refused, "{key} of {length}");
            }
        }
        let twice = format!("format_version = 1\n{}{}", exercise("a"), exercise("a"));
        assert!(broken(&twice).contains("two exercises called a"));
    }

    /// Neither ends when it is read.
    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join(INFO);
        let sentence = format!("{} cannot be read: it is not a file", list.display());
        let made = std::process::Command::new("mkfifo").arg(&list).status();
        assert!(made.expect("there is a command mkfifo").success());
        assert_eq!(read(folder.path()), Err(NoList::Broken(sentence.clone())));
        fs::remove_file(&list).and_then(|()| std::os::unix::fs::symlink("/dev/zero", &list)).expect("a link");
        assert_eq!(read(folder.path()), Err(NoList::Broken(sentence)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_of_the_system_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("/proc/version", folder.path().join(INFO)).expect("a link");
        assert_eq!(read(folder.path()), Err(NoList::NotOurs), "as an empty file, and not one with a wrong line");
    }
}
