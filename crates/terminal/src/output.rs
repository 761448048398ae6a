//! Where the result goes: standard output, or a file that is written as a whole or not at all.

mod names;
mod system;

pub use self::names::is_dash;
pub use anstream::ColorChoice;

use self::names::{folder_of, is_named_as_folder, is_open_file, is_stdout, resolved, without_links};
use crate::leftovers::leftovers;
use crate::show::{printable, shorten, shown_path};
use anstream::AutoStream;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The longest sentence that is printed; more would push earlier output off the screen.
const MOST_CHARACTERS: usize = 4_000;

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
    /// A path that is not a file, such as a device, or a file that is open already, as `/dev/fd/3`: written to directly.
    Device {
        /// Its name.
        path: PathBuf,
        /// The device, open for writing.
        device: File,
    },
    /// A file of another user: one that replaces it would be yours. It is overwritten.
    Theirs {
        /// Its name.
        path: PathBuf,
        /// The file, open for writing.
        file: File,
    },
}

impl Output {
    /// Checks that `path` can be written, or takes standard output, which is also called `-`.
    ///
    /// # Errors
    /// If nothing can be written there, with one sentence.
    pub fn open(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path.filter(|path| !is_dash(path)) else { return Ok(Self::Stdout) };
        system::fail_at_the_limit_of_files();
        let refused = |error: io::Error| cannot_write(path, "", &error);
        let not_made = |error: io::Error| cannot_write(path, "no file can be made in its folder: ", &error);
        let there = match fs::metadata(path) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(refused(error)), // such as a name that is too long
        };
        let target = without_links(path);
        let Some(there) = there else {
            if target.file_name().is_none() {
                return Err(refused(io::ErrorKind::InvalidFilename.into()));
            }
            if is_named_as_folder(&target) {
                return Err(refused(io::ErrorKind::NotFound.into()));
            }
            let new = temporary(&target, false).map_err(not_made)?;
            return Ok(Self::File { path: target, new });
        };
        if is_stdout(&target) {
            return Ok(Self::Stdout);
        }
        // It fails for folders and read-only files. A file that is open already continues at its end.
        let is_open = is_open_file(&target);
        let file = OpenOptions::new().write(true).append(is_open).open(path).map_err(refused)?;
        if is_open || !there.is_file() {
            // By the given name: a link to an open file may name another one.
            return Ok(Self::Device { path: path.to_owned(), device: file });
        }
        let new = temporary(&target, true).map_err(not_made)?;
        if !system::takes_owner_of(new.as_file(), &there) {
            return Ok(Self::Theirs { path: target, file });
        }
        // Until now only this user could open it. Some file systems have no permissions to set.
        let _ = new.as_file().set_permissions(there.permissions());
        Ok(Self::File { path: target, new })
    }

    /// Whether both are the same file or device, under any names, or both standard output.
    pub fn is_same_file(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stdout, Self::Stdout) => true,
            (Self::File { path, .. }, Self::File { path: other, .. }) => resolved(path) == resolved(other),
            _ => self.identity().is_some_and(|own| other.identity() == Some(own)),
        }
    }

    fn identity(&self) -> Option<[u64; 3]> {
        let there = match self {
            Self::Stdout => system::stdout()?.metadata(),
            Self::File { path, .. } => fs::metadata(path),
            Self::Device { device: file, .. } | Self::Theirs { file, .. } => file.metadata(),
        };
        there.ok().and_then(|there| system::identity(&there))
    }

    /// Whether it has a name of its own under which it can be found later.
    pub fn has_name(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Theirs { .. })
    }

    /// Whether it is this file, under any name. A terminal is no file: it can be read from and written to.
    pub fn is_file(&self, other: &Path) -> bool {
        if let Self::File { path, .. } = self {
            return resolved(path) == resolved(other);
        }
        let other = fs::metadata(other).ok().filter(fs::Metadata::is_file);
        let other = other.and_then(|there| system::identity(&there));
        other.is_some() && self.identity() == other
    }

    /// Writes `text`, all of it or, for a file, nothing.
    ///
    /// # Errors
    /// If it cannot be written, with one sentence.
    pub fn write(self, text: &str, colour: ColorChoice) -> Result<(), String> {
        self.write_bytes(text.as_bytes(), colour)
    }

    /// Writes what need not be text, as [`write`](Self::write) does. Any colour but `AlwaysAnsi` takes it for text.
    ///
    /// # Errors
    /// If it cannot be written, with one sentence.
    pub fn write_bytes(self, bytes: &[u8], colour: ColorChoice) -> Result<(), String> {
        match self {
            Self::Stdout => bytes_to_stdout(bytes, colour),
            Self::File { path, mut new } => write_all(new.as_file_mut(), bytes, colour)
                .and_then(|()| new.as_file().sync_all())
                .and_then(|()| {
                    let _leftovers = leftovers();
                    new.persist(&path).map_err(|error| error.error)
                })
                .map(drop)
                .map_err(|error| cannot_write(&path, "", &error)),
            Self::Device { path, mut device } => {
                unless_closed(write_all(&mut device, bytes, colour)).map_err(|error| cannot_write(&path, "", &error))
            }
            Self::Theirs { path, mut file } => (file.set_len(0))
                .and_then(|()| write_all(&mut file, bytes, colour))
                .and_then(|()| file.sync_all())
                .map_err(|error| cannot_write(&path, "", &error)),
        }
    }
}

/// Writes `text` to standard output; in colour if `colour` and the terminal want it.
///
/// # Errors
/// If it cannot be written, with one sentence.
pub fn to_stdout(text: &str, colour: ColorChoice) -> Result<(), String> {
    bytes_to_stdout(text.as_bytes(), colour)
}

fn bytes_to_stdout(bytes: &[u8], colour: ColorChoice) -> Result<(), String> {
    system::fail_at_the_limit_of_files();
    let mut stdout = AutoStream::new(io::stdout(), colour).lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
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

fn write_all(file: &mut File, bytes: &[u8], colour: ColorChoice) -> io::Result<()> {
    AutoStream::new(file, colour).write_all(bytes)
}

/// Prints one sentence on standard error, which may contain a stranger's words. If standard error is closed, there is no
/// reader, so this ignores the error.
pub fn complain(sentence: &str) {
    print_error(&format!("error: {sentence}"));
}

/// Prints a text on standard error as [`complain`] does, but without the prefix.
pub fn print_error(text: &str) {
    let _ = writeln!(io::stderr(), "{}", shorten(printable(text).trim_end(), MOST_CHARACTERS));
}

/// A temporary file beside `path`; only this user can open it if it is private.
fn temporary(path: &Path, is_private: bool) -> io::Result<NamedTempFile> {
    let mut leftovers = leftovers();
    let make = |name: &Path| system::create(name, is_private);
    let new = tempfile::Builder::new().prefix(".paintdry-").make_in(folder_of(path), make)?;
    leftovers.files.push(new.path().to_owned());
    Ok(new)
}

fn cannot_write(path: &Path, what: &str, error: &io::Error) -> String {
    let said = match error.kind() {
        io::ErrorKind::NotFound if is_named_as_folder(path) || !folder_of(path).exists() => {
            "its folder does not exist".to_owned()
        }
        io::ErrorKind::InvalidFilename if error.raw_os_error().is_none() => "this names no file".to_owned(),
        _ => format!("{what}{error}"),
    };
    format!("cannot write to {}: {said}; {}", shown_path(path), advice(error, "name another file"))
}

/// What to do about an error with a file: `usual`, but another file would not help a process that has too many of them open.
pub fn advice<'a>(error: &io::Error, usual: &'a str) -> &'a str {
    if system::has_too_many_files(error) { "allow more open files, with `ulimit -n`" } else { usual }
}

#[cfg(test)]
mod tests;
