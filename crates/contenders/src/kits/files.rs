//! For passes that read files: the files themselves, and the tasks that read them.

use crate::contender::{Fault, Pass};
use crate::job::Files;
use crate::tally::Tally;
use crate::work::checksum;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use std::{fs, io};
use tempfile::TempDir;

/// A file for each task, in a folder that is removed with this.
pub(crate) struct Shelf {
    job: Files,
    /// What the system said when the files were made.
    made: io::Result<(TempDir, Vec<Arc<Path>>)>,
}

/// What one task reads, and how often.
pub(crate) struct File {
    path: Arc<Path>,
    reads: usize,
}

impl File {
    /// Reads it on the thread that calls this.
    pub(crate) fn read_here(self) -> io::Result<u64> {
        let sums = (0..self.reads).map(|_| Ok(Files::sum(&fs::read(&self.path)?)));
        Ok(checksum(sums.collect::<io::Result<Vec<_>>>()?))
    }
}

impl Shelf {
    /// Makes the files. If it cannot, each pass says why.
    pub(crate) fn new(job: Files) -> Self {
        Self { job, made: make(job) }
    }

    fn files(&self) -> Result<Vec<File>, Fault> {
        let (_, paths) = self.made.as_ref().map_err(|error| Fault::Absent(format!("it has no files: {error}")))?;
        let file = |path: &Arc<Path>| File { path: Arc::clone(path), reads: self.job.reads };
        Ok(paths.iter().map(file).collect())
    }
}

fn make(job: Files) -> io::Result<(TempDir, Vec<Arc<Path>>)> {
    let folder = tempfile::tempdir()?;
    let file = |task| {
        let path = folder.path().join(format!("{task}"));
        fs::write(&path, Files::content(task))?;
        Ok(path.into())
    };
    let paths = (0..job.tasks).map(file).collect::<io::Result<_>>()?;
    Ok((folder, paths))
}

/// Times `run`, which has each file read by a task of its own and gives what the tasks added up.
pub(crate) fn pass(
    shelf: &Shelf,
    run: impl FnOnce(Vec<File>) -> Result<Vec<io::Result<u64>>, Fault>,
) -> Result<Pass, Fault> {
    let files = shelf.files()?;
    let start = Instant::now();
    let outputs = run(files)?;
    let time = start.elapsed();
    let outputs: io::Result<Vec<_>> = outputs.into_iter().collect();
    let outputs = outputs.map_err(|error| Fault::Failed(format!("it could not read a file: {error}")))?;
    Ok(Pass::new(time, checksum(outputs)))
}

/// The tasks, on a runtime with this `read`.
pub(crate) fn readers<T: Tally, R: Future<Output = io::Result<Vec<u8>>>>(
    files: Vec<File>,
    read: impl Fn(Arc<Path>) -> R + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = io::Result<u64>>> {
    files.into_iter().map(move |File { path, reads }| {
        T::spawned(1);
        async move {
            let mut sums = Vec::with_capacity(reads);
            for _ in 0..reads {
                sums.push(Files::sum(&read(Arc::clone(&path)).await?));
            }
            Ok(checksum(sums))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_gone_with_the_shelf() {
        let shelf = Shelf::new(Files { tasks: 2, reads: 3 });
        let paths: Vec<_> = shelf.files().expect("there are files").into_iter().map(|file| file.path).collect();
        assert!(paths.len() == 2 && paths.iter().all(|path| path.exists()));
        drop(shelf);
        assert!(!paths.iter().any(|path| path.exists()));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_a_fault() {
        let shelf = Shelf::new(Files { tasks: 2, reads: 3 });
        let removed = shelf.files().expect("there are files").remove(0).path;
        fs::remove_file(removed).expect("it is a file");
        let fault = crate::floors::files::one_by_one(&shelf).expect_err("one file is gone");
        assert!(fault.to_string().starts_with("refused: it could not read a file: "), "{fault}");
    }
}
