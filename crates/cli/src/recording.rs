//! What a watched comparison exports: a recording, a replay page, pictures, a trace. Also the page from an earlier recording.

use crate::Workload;
use crate::args::{CommonArgs, PageArgs, ReplayArgs};
use crate::picture::{Picture, PictureArgs};
use crate::place::{Afterwards, Place};
use crate::watched::{Watching, sources};
use paintdry_studio::{Clock, Host, RecordedRun, Recording, limits};
use paintdry_terminal::output::{Output, advice, is_dash};
use paintdry_terminal::show::shown_path;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

/// Where a recording goes. Each place was tested before the run.
#[derive(Debug)]
pub(crate) struct Exports {
    places: Vec<(Kind, Place)>,
    clock: Clock,
}

/// What a file holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Recording,
    Replay,
    Trace,
    Picture(Picture),
}

impl Exports {
    /// Checks that every output can be written. The error is one sentence.
    pub(crate) fn open(options: &CommonArgs, report: &Output) -> Result<Self, String> {
        let afterwards = Afterwards { says_so: !options.output.quiet, opens: options.open };
        let mut places: Vec<(Kind, Place)> = Vec::new();
        for (kind, name) in [(Kind::Recording, &options.record), (Kind::Trace, &options.trace)] {
            if let Some(name) = name {
                places.push((kind, Place::open(name, Afterwards::NOTHING)?));
            }
        }
        places.extend(pictures(&options.pictures, afterwards.says_so)?);
        if let Some(name) = &options.replay {
            // The last one: if no browser starts, all is written.
            places.push((Kind::Replay, Place::of_page(name.as_deref(), "--replay", afterwards)?));
        }
        check_differ(Some(report), &places)?;
        let clock = if options.virtual_time { Clock::Virtual } else { Clock::Real };
        Ok(Self { places, clock })
    }

    /// How to watch the runs, if at all.
    pub(crate) fn watching(&self) -> Option<Watching> {
        let is_recording = !self.places.is_empty();
        (is_recording || self.clock == Clock::Virtual).then_some(Watching { clock: self.clock, is_recording })
    }

    /// Writes every output. The error is one sentence.
    pub(crate) fn write(self, workload: Workload, runs: Vec<RecordedRun>) -> Result<(), String> {
        if self.places.is_empty() {
            return Ok(());
        }
        let recording = recording(self.clock, workload, runs);
        write_each(self.places.into_iter().map(|(kind, place)| Ok((content(kind, &recording)?, place))))
    }
}

/// The pictures that are asked for, each with its place. The error is one sentence.
pub(crate) fn pictures(args: &PictureArgs, says_so: bool) -> Result<Vec<(Kind, Place)>, String> {
    let pictures = args.open(says_so)?.into_iter();
    Ok(pictures.map(|(picture, place)| (Kind::Picture(picture), place)).collect())
}

/// Checks that nothing is written to one file twice. The error is one sentence.
pub(crate) fn check_differ(report: Option<&Output>, places: &[(Kind, Place)]) -> Result<(), String> {
    let mut others = Vec::from_iter(report);
    for (_, place) in places {
        if others.iter().any(|other| other.is_same_file(place.output())) {
            return Err(format!("{} cannot be written twice; name another file for each", place.shown()));
        }
        others.push(place.output());
    }
    Ok(())
}

/// Writes each file, even if another one cannot be written: the runs were made for all of them. The error is the first sentence.
pub(crate) fn write_each(files: impl Iterator<Item = Result<(Vec<u8>, Place), String>>) -> Result<(), String> {
    files.map(|file| file.and_then(|(content, place)| place.write(&content))).fold(Ok(()), Result::and)
}

/// What a file of this kind holds. The error is one sentence.
pub(crate) fn content(kind: Kind, recording: &Recording) -> Result<Vec<u8>, String> {
    let text = match kind {
        Kind::Recording => recording.check().map(|()| recording.to_json() + "\n"),
        Kind::Replay => paintdry_replay::page(recording),
        Kind::Trace => Ok(recording.to_trace() + "\n"),
        Kind::Picture(picture) => return picture.of(recording),
    };
    text.map(String::into_bytes).map_err(|error| error.to_string())
}

fn recording(clock: Clock, workload: Workload, runs: Vec<RecordedRun>) -> Recording {
    let sources = sources(runs.iter().filter_map(|run| run.source.as_deref()));
    let mut recording = Recording::new(clock, workload.into(), Host::this(), sources);
    recording.runs = runs;
    recording
}

/// The replay page of the recording in a file, or its pictures, each with its place. The error is one sentence.
pub(crate) fn replay_of(args: &ReplayArgs) -> Result<Vec<(Vec<u8>, Place)>, String> {
    let path = &args.recording;
    let mut places = pictures(&args.pictures, !args.page.quiet)?;
    if places.is_empty() || args.page.output.is_some() || args.page.open {
        places.push((Kind::Replay, page_place(path, &args.page)?));
    }
    check_differ(None, &places)?;
    if places.iter().any(|(_, place)| is_recording(place, path)) {
        return Err(format!(
            "the page and its recording {} are one file; name another one for the page",
            shown_path(path)
        ));
    }
    let recording = read(path)?;
    let written = places.into_iter().map(|(kind, place)| Ok((content(kind, &recording)?, place)));
    written.collect::<Result<_, String>>().map_err(|why| cannot_read(path, &why))
}

/// Whether this place is the file of the recording. On Unix standard input has a name, which leads to the file that the shell has
/// opened.
pub(crate) fn is_recording(place: &Place, path: &Path) -> bool {
    place.output().is_file(if is_dash(path) { Path::new("/dev/stdin") } else { path })
}

/// Checks that a result does not replace the recording that it is about. The error is one sentence.
pub(crate) fn check_keeps(output: &Output, recording: &Path) -> Result<(), String> {
    let recording_file = if is_dash(recording) { Path::new("/dev/stdin") } else { recording };
    if output.is_file(recording_file) {
        return Err(format!(
            "the result and the recording {} are one file; name another one for the result",
            shown_path(recording)
        ));
    }
    Ok(())
}

/// The recording in a file of ours, or of console-subscriber. The error is one sentence.
pub(crate) fn read(path: &Path) -> Result<Recording, String> {
    let bytes = if is_dash(path) { read_all(io::stdin()) } else { File::open(path).and_then(read_all) };
    let bytes =
        bytes.map_err(|error| cannot_read(path, &format!("it cannot be read: {error}; {}", advice(&error, TAKE))))?;
    let text = String::from_utf8(bytes).map_err(|_| cannot_read(path, &format!("this is not text; {TAKE}")))?;
    let read = if Recording::is_of_console(&text) { Recording::read_console } else { Recording::read };
    read(&text).map_err(|error| cannot_read(path, &error.to_string()))
}

/// Where the page of a recording goes. The error is one sentence.
fn page_place(recording: &Path, args: &PageArgs) -> Result<Place, String> {
    let afterwards = Afterwards { says_so: !args.quiet, opens: args.open };
    match args.output.as_deref() {
        Some(name) => Place::open(name, afterwards),
        None if args.open || io::stdout().is_terminal() => Place::beside(recording, "--output", afterwards),
        None => Place::open(Path::new("-"), afterwards),
    }
}

/// Where the page of the lab goes. The error is one sentence.
pub(crate) fn lab_place(args: &PageArgs) -> Result<Place, String> {
    let afterwards = |opens| Afterwards { says_so: !args.quiet, opens };
    match args.output.as_deref() {
        Some(name) => Place::open(name, afterwards(args.open)),
        None if args.open || io::stdout().is_terminal() => {
            Place::unnamed(Path::new("lab.html"), "--output", afterwards(true))
        }
        None => Place::open(Path::new("-"), afterwards(false)),
    }
}

/// All of it, or one byte more than a recording may have, which shows that the file is no recording or never ends.
fn read_all(file: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limits::BYTES + 1).read_to_end(&mut bytes).map(|_| bytes)
}

const TAKE: &str = "take a file that --record wrote";

fn cannot_read(path: &Path, why: &str) -> String {
    format!("{}: {why}", shown_path(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PaintWorkload;
    use std::fs;

    #[test]
    fn what_no_page_could_show_is_not_written() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let (recording, replay) = (folder.path().join("dry.json"), folder.path().join("dry.html"));
        let run = RecordedRun {
            runtime: "mine".to_owned(),
            version: "1".to_owned(),
            about: "of many threads".to_owned(),
            threads: Some(limits::THREADS + 1),
            source: None,
            wall_ns: 0,
            error: None,
            tasks: Vec::new(),
            events: Vec::new(),
            resources: Vec::new(),
        };
        for (kind, path) in [(Kind::Recording, &recording), (Kind::Replay, &replay)] {
            let place = Place::open(path, Afterwards::NOTHING).expect("it can be written");
            let exports = Exports { places: vec![(kind, place)], clock: Clock::Virtual };
            let workload = Workload::Paint(PaintWorkload::default());
            let sentence = exports.write(workload, vec![run.clone()]).expect_err("it is too large");
            assert!(sentence.contains("100,001 threads in all its runs"), "{sentence}");
        }
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0, "no file is left");
    }
}
