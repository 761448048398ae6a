//! Where the result goes: standard output, or a file that is written as a whole or not at all.

pub use anstream::ColorChoice;

use crate::show::{printable, shorten, shown_path};
use anstream::AutoStream;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::mem;
use std::path::{self, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

/// The longest sentence that is printed; more would push earlier output off the screen.
const MOST_CHARACTERS: usize = 4_000;

/// The temporary files of this process, for when it ends without dropping them. It is locked while one is made, and while one
/// is renamed.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes unfinished files. The process must end now.
pub fn remove_unfinished() {
    let mut unfinished = unfinished();
    for path in unfinished.drain(..) {
        let _ = fs::remove_file(path); // most are renamed already, or gone
    }
    // It stays locked: a thread that wants to make another file, or to rename one and would report that it is gone, waits for the
    // end of the process.
    mem::forget(unfinished);
}

/// A place for the result, which was tested before the run.
#[derive(Debug)]
pub enum Output {
    /// Standard output.
    Stdout,
    /// A file, which a temporary one beside it replaces when everything is written.
    File {
        /// Its name.
        path: PathBuf,
        /// The temporary one.
        new: NamedTempFile,
    },
    /// A path that is not a file, such as a device: written to directly.
    Device {
        /// Its name.
        path: PathBuf,
        /// The device, open for writing.
        device: File,
    },
}

impl Output {
    /// Checks that `path` can be written, or takes standard output, which is also called `-`.
    ///
    /// # Errors
    /// If nothing can be written there, with one sentence.
    pub fn open(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path.filter(|path| !is_dash(path)) else { return Ok(Self::Stdout) };
        Self::open_path(path).map_err(|error| cannot_write(path, &error))
    }

    fn open_path(path: &Path) -> io::Result<Self> {
        let there = match fs::metadata(path) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error), // such as a name that is too long
        };
        if let Some(there) = &there {
            let existing = OpenOptions::new().write(true).open(path)?; // fails for folders and read-only files
            if !there.is_file() {
                // By the given name: /dev/stdout links to a file without a name.
                return Ok(Self::Device { path: path.to_owned(), device: existing });
            }
        }
        let path = without_links(path);
        if path.file_name().is_none() {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        if is_named_as_folder(&path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".paintdry-");
        let permissions = there.map(|there| there.permissions()).or_else(permissions_of_a_new_file);
        if let Some(permissions) = permissions {
            builder.permissions(permissions);
        }
        let mut unfinished = unfinished();
        let new = builder.tempfile_in(folder_of(&path))?;
        unfinished.push(new.path().to_owned());
        Ok(Self::File { path, new })
    }

    /// Whether both are the same file, under any names, or both standard output.
    pub fn is_same_file(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stdout, Self::Stdout) => true,
            (Self::File { path, .. }, Self::File { path: other, .. }) => resolved(path) == resolved(other),
            _ => false,
        }
    }

    /// Whether it is this file, under any name.
    pub fn is_file(&self, other: &Path) -> bool {
        matches!(self, Self::File { path, .. } if resolved(path) == resolved(other))
    }

    /// Writes `text`, all of it or, for a file, nothing.
    ///
    /// # Errors
    /// If it cannot be written, with one sentence.
    pub fn write(self, text: &str, colour: ColorChoice) -> Result<(), String> {
        match self {
            Self::Stdout => to_stdout(text, colour),
            Self::File { path, mut new } => write_all(new.as_file_mut(), text, colour)
                .and_then(|()| new.as_file().sync_all())
                .and_then(|()| {
                    let _unfinished = unfinished();
                    new.persist(&path).map_err(|error| error.error)
                })
                .map(drop)
                .map_err(|error| cannot_write(&path, &error)),
            Self::Device { path, mut device } => {
                unless_closed(write_all(&mut device, text, colour)).map_err(|error| cannot_write(&path, &error))
            }
        }
    }
}

/// Whether it is the name of standard output, or of standard input.
pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The target of a link: that is replaced, and not the link. It may be a file that does not exist yet.
fn without_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    while let Ok(target) = fs::read_link(&path) {
        path = folder_of(&path).join(target);
    }
    path
}

/// Whether it ends like the name of a folder.
fn is_named_as_folder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| path::is_separator(char::from(*last)))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path without links and detours, even of a file that does not exist yet.
fn resolved(path: &Path) -> PathBuf {
    let in_folder = || Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.to_owned())
}

/// Writes `text` to standard output; in colour if `colour` and the terminal want it.
///
/// # Errors
/// If it cannot be written, with one sentence.
pub fn to_stdout(text: &str, colour: ColorChoice) -> Result<(), String> {
    let mut stdout = AutoStream::new(io::stdout(), colour).lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    unless_closed(written).map_err(|error| not_printed(&error))
}

/// A reader that has closed the pipe has read what it wanted, as with `| head`.
///
/// # Errors
/// Those of `written`, except a closed pipe.
pub fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// Why standard output could not be written, as one sentence.
pub fn not_printed(error: &io::Error) -> String {
    format!("standard output cannot be written: {error}")
}

fn write_all(file: &mut File, text: &str, colour: ColorChoice) -> io::Result<()> {
    AutoStream::new(file, colour).write_all(text.as_bytes())
}

/// Prints one sentence on standard error, which may contain a stranger's words. If standard error is closed, there is no
/// reader, so this ignores the error.
pub fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "paintdry: {}", shorten(&printable(sentence), MOST_CHARACTERS));
}

fn cannot_write(path: &Path, error: &io::Error) -> String {
    // tempfile adds the name of its own file, which means nothing to the user; the kind is what remains without it.
    let is_of_its_folder = error.raw_os_error().is_none();
    let said = match error.kind() {
        io::ErrorKind::NotFound if is_named_as_folder(path) || !folder_of(path).exists() => {
            "its folder does not exist".to_owned()
        }
        io::ErrorKind::InvalidFilename if is_of_its_folder => "this names no file".to_owned(),
        kind if is_of_its_folder => format!("no file can be made in its folder ({kind})"),
        _ => error.to_string(),
    };
    format!("cannot write to {}: {said}; name another file", shown_path(path))
}

/// The read and write permissions that the umask allows, as for every other new file; temporary files are private.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is nothing to set")]
fn permissions_of_a_new_file() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions_of_a_new_file() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_file_is_replaced_only_when_all_is_written() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("result.json");
        fs::write(&path, "old").expect("a file for the test");
        drop(Output::open(Some(&path)).expect("it can be written"));
        assert_eq!(fs::read_to_string(&path).expect("it is still there"), "old");
        let output = Output::open(Some(&path)).expect("it can be written");
        output.write("new", ColorChoice::Auto).expect("it is written");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 1, "no temporary file is left");
    }

    /// As when Ctrl-C has come, and unfinished files are removed.
    #[test]
    fn no_file_gets_its_name_while_others_are_removed() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("result.json");
        fs::write(&path, "old").expect("a file for the test");
        let text = || fs::read_to_string(&path).expect("it is there");
        let output = Output::open(Some(&path)).expect("it can be written");
        let removing = unfinished();
        thread::scope(|scope| {
            let writer = scope.spawn(|| output.write("new", ColorChoice::Auto));
            // It takes a while, in which the writer could finish; it must wait.
            assert!((0..5_000).all(|_| text() == "old"));
            drop(removing);
            writer.join().expect("it does not panic").expect("it is written");
        });
        assert_eq!(text(), "new");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_stays_a_device_and_a_link_a_link() {
        use std::os::unix::fs::FileTypeExt;
        Output::open(Some(Path::new("/dev/null")))
            .and_then(|null| null.write("x", ColorChoice::Auto))
            .expect("written");
        assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());

        let folder = tempfile::tempdir().expect("a folder for the test");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").expect("a file for the test");
        std::os::unix::fs::symlink(&file, &link).expect("a link for the test");
        Output::open(Some(&link)).and_then(|output| output.write("new", ColorChoice::Auto)).expect("written");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "new");
        fs::remove_file(&file).expect("it is there");
        let second = folder.path().join("second");
        std::os::unix::fs::symlink("link", &second).expect("a link for the test");
        Output::open(Some(&second)).and_then(|output| output.write("anew", ColorChoice::Auto)).expect("written");
        assert!(fs::symlink_metadata(&second).expect("it is there").is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("it is made"), "anew");
        fs::remove_file(&file).expect("it is there");
        std::os::unix::fs::symlink("second", &file).expect("a link for the test");
        Output::open(Some(&second)).expect_err("links in a circle");
    }
}
