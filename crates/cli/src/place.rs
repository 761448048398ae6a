//! Where a page or a picture goes: a file with or without a name of its own, a word about it, and the browser.

use crate::browser;
use crate::scale::show_bytes;
use paintdry_terminal::output::{Output, is_dash, print_error};
use paintdry_terminal::show::shown_path;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The page's name if it has no other.
const USUAL: &str = "dry.html";

/// What to do with the file besides writing it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Afterwards {
    /// Say on standard error that it was written.
    pub(crate) says_so: bool,
    /// Open it in the browser.
    pub(crate) opens: bool,
}

impl Afterwards {
    /// For files that another program reads.
    pub(crate) const NOTHING: Self = Self { says_so: false, opens: false };
}

/// A place that was tested before the run.
#[derive(Debug)]
pub(crate) struct Place {
    output: Output,
    /// Its name as the user knows it.
    name: PathBuf,
    afterwards: Afterwards,
}

impl Place {
    /// Checks that `name` can be written, and opened if that is wanted. The error is one sentence.
    pub(crate) fn open(name: &Path, afterwards: Afterwards) -> Result<Self, String> {
        let output = Output::open(Some(name))?;
        if afterwards.opens && !output.has_name() {
            return Err(format!("--open needs a file, and {} is not one; name one", shown_path(name)));
        }
        Ok(Self { output, name: name.to_owned(), afterwards })
    }

    /// The place of a page: the file that the user named, or `dry.html`.
    pub(crate) fn of_page(named: Option<&Path>, option: &str, afterwards: Afterwards) -> Result<Self, String> {
        match named {
            Some(name) => Self::open(name, afterwards),
            None => Self::unnamed(Path::new(USUAL), option, afterwards),
        }
    }

    /// A page whose name the user has not typed replaces nothing but an older page.
    pub(crate) fn unnamed(name: &Path, option: &str, afterwards: Afterwards) -> Result<Self, String> {
        // A link to nothing counts as well: it leads to a place that the user has not named.
        if name.symlink_metadata().is_ok() && !is_page(name) {
            let name = shown_path(name);
            return Err(format!("{name} exists and is not a replay page; to replace it, write {option} {name}"));
        }
        Self::open(name, afterwards)
    }

    /// The place of the page of this recording: a file of the same name beside it, or `dry.html` if it is no file.
    pub(crate) fn beside(recording: &Path, option: &str, afterwards: Afterwards) -> Result<Self, String> {
        let is_file = !is_dash(recording) && recording.is_file();
        let name = if is_file { recording.with_extension("html") } else { USUAL.into() };
        if name == recording {
            return Err(format!(
                "the recording {} has the name of a page; name the page with {option}",
                shown_path(&name)
            ));
        }
        Self::unnamed(&name, option, afterwards)
    }

    /// Its name, for people.
    pub(crate) fn shown(&self) -> String {
        if is_dash(&self.name) { "standard output".to_owned() } else { shown_path(&self.name) }
    }

    /// Where it is written to.
    pub(crate) fn output(&self) -> &Output {
        &self.output
    }

    /// Writes `bytes`, says so, and opens the file. The error is one sentence.
    pub(crate) fn write(self, bytes: &[u8]) -> Result<(), String> {
        let Self { output, name, afterwards } = self;
        let has_name = output.has_name();
        output.write_bytes(bytes, anstream::ColorChoice::AlwaysAnsi)?; // as it is: there is no colour in it to take out
        if has_name && afterwards.says_so {
            print_error(&format!("wrote {}, {}", shown_path(&name), size(bytes.len())));
        }
        if afterwards.opens { browser::open(&name) } else { Ok(()) }
    }
}

/// In whole units, because the tenths of a kilobyte tell nothing.
fn size(bytes: usize) -> String {
    let bytes = bytes as u64;
    if (1_000..1_000_000).contains(&bytes) { format!("{} kB", bytes / 1_000) } else { show_bytes(bytes) }
}

/// Whether there is a replay page in this file, of any version.
fn is_page(path: &Path) -> bool {
    let is_file = path.is_file(); // reading a pipe would wait for a writer
    let begin = |file: File| {
        let mut begin = Vec::new();
        file.take(paintdry_replay::BEGIN.len() as u64).read_to_end(&mut begin).map(|_| begin)
    };
    is_file && File::open(path).and_then(begin).is_ok_and(|begin| begin == paintdry_replay::BEGIN.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_no_more_digits_than_needed() {
        let sizes = [0, 999, 1_000, 148_501, 999_999, 1_000_000, 7_340_000];
        assert_eq!(sizes.map(size), ["0 B", "999 B", "1 kB", "148 kB", "999 kB", "1.0 MB", "7.3 MB"]);
    }
}
