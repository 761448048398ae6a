//! Pictures of the runs: which kind a file's name asks for, and what this build can draw.

use crate::limits;
use crate::place::{Afterwards, Place};
use clap::builder::{PathBufValueParser, TypedValueParser};
use paintdry_replay::Story;
use paintdry_studio::Recording;
use std::path::PathBuf;
use std::time::Duration;

/// A picture that was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Picture {
    /// A still of the moment after this time, as SVG.
    Svg(Option<Duration>),
    /// The same in pixels.
    #[cfg(feature = "pictures")]
    Png(Option<Duration>),
    /// All of the story in 12 seconds.
    Gif,
}

/// The options for pictures, of each subcommand that has runs to draw.
#[derive(Debug, clap::Args)]
pub(crate) struct PictureArgs {
    /// Write a picture of one moment of the runs
    #[arg(long, value_name = "FILE.svg|png", value_parser = image_file())]
    image: Option<ImageFile>,
    /// The moment of that picture, such as 2.4s [default: a telling one]
    #[arg(long, value_name = "DURATION", value_parser = limits::cost, allow_hyphen_values = true, requires = "image")]
    at: Option<Duration>,
    /// Write a moving picture of the runs, 12 s long
    #[arg(long, value_name = "FILE.gif", value_parser = gif_file())]
    gif: Option<PathBuf>,
}

impl PictureArgs {
    pub(crate) fn are_asked(&self) -> bool {
        self.image.is_some() || self.gif.is_some()
    }

    /// The pictures, each with its place, already tested. The error is one sentence.
    pub(crate) fn open(&self, says_so: bool) -> Result<Vec<(Picture, Place)>, String> {
        let image = self.image.iter().map(|image| (image.picture(self.at), &image.path));
        let gif = self.gif.iter().map(|path| (Picture::Gif, path));
        let afterwards = Afterwards { says_so, opens: false };
        image.chain(gif).map(|(picture, path)| Ok((picture, Place::open(path, afterwards)?))).collect()
    }
}

/// The file of `--image`, whose name says what it is.
#[derive(Debug, Clone)]
struct ImageFile {
    path: PathBuf,
    is_svg: bool,
}

impl ImageFile {
    fn picture(&self, at: Option<Duration>) -> Picture {
        match self.is_svg {
            #[cfg(feature = "pictures")]
            false => Picture::Png(at),
            _ => Picture::Svg(at),
        }
    }
}

/// Reads the name of a still.
fn image_file() -> impl TypedValueParser<Value = ImageFile> {
    PathBufValueParser::new().try_map(|path| {
        let is = |extension: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension));
        match (is("svg"), is("png")) {
            (false, false) => Err("write a name that ends in .svg or .png".to_owned()),
            (false, true) if !HAS_PIXELS => Err(format!("{LACKING}, or write an .svg")),
            (is_svg, _) => Ok(ImageFile { path, is_svg }),
        }
    })
}

/// Reads the name of a loop.
fn gif_file() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| if HAS_PIXELS { Ok(path) } else { Err(LACKING.to_owned()) })
}

const HAS_PIXELS: bool = cfg!(feature = "pictures");
const LACKING: &str = "this command was built without PNG and GIF: build it with `--features pictures`";

impl Picture {
    /// The file's content. The error is one sentence.
    pub(crate) fn of(self, recording: &Recording) -> Result<Vec<u8>, String> {
        let story = Story::new(recording).map_err(|error| error.to_string())?;
        match self {
            Self::Svg(at) => Ok(story.still(at).into_bytes()),
            #[cfg(feature = "pictures")]
            Self::Png(at) => story.still_png(at).map_err(|error| error.to_string()),
            #[cfg(feature = "pictures")]
            Self::Gif => story.film().map_err(|error| error.to_string()),
            #[cfg(not(feature = "pictures"))]
            Self::Gif => Err(LACKING.to_owned()),
        }
    }
}
