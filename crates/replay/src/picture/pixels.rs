//! Pictures in pixels: a still as PNG, and the story as a GIF that loops. resvg draws them with the fonts of the system.

use super::story::Story;
use gif::{DisposalMethod, Encoder, Frame, Repeat};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{Options, Tree};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

/// Pixels of a PNG for one unit of the drawing, so that it is sharp on a screen with many pixels.
const SHARP: f32 = 2.0;
const FRAMES_A_SECOND: f64 = 10.0;
/// Of the loop, the last part holds the end still.
const PLAYING: f64 = 5.0 / 6.0;
/// The colours are chosen from so many frames.
const SAMPLES: usize = 8;
/// How long a frame stays, in hundredths of a second.
const TIME: u16 = (100.0 / FRAMES_A_SECOND) as u16;
/// Two colours that differ by less in each channel are one.
const ALIKE: u8 = 6;
/// The last of the 256 entries stands for a pixel that stays as it was.
const UNCHANGED: u8 = 255;

type Colour = [u8; 3];

/// Why there is no picture.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureError {
    /// The system has no font.
    NoFont,
    /// So many runs make a picture that has more than 65,535 pixels in its height.
    TooLarge,
    /// The library that draws or writes it has failed.
    Failed(String),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFont => f.write_str("no font was found to write with; install one, such as DejaVu, or take an SVG"),
            Self::TooLarge => f.write_str("the picture would be too large; record fewer runtimes, or take an SVG"),
            Self::Failed(why) => write!(f, "the picture could not be drawn: {why}"),
        }
    }
}

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl fmt::Debug for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for PictureError {}

fn failed(error: &impl fmt::Display) -> PictureError {
    PictureError::Failed(error.to_string())
}

impl Story<'_> {
    /// [`still`](Self::still) as PNG.
    ///
    /// # Errors
    /// If no font is found, or if it cannot be drawn.
    pub fn still_png(&self, at: Option<Duration>) -> Result<Vec<u8>, PictureError> {
        let pixmap = drawn(&self.still(at), &options()?, SHARP)?;
        pixmap.encode_png().map_err(|error| failed(&error))
    }

    /// The whole story as a GIF that loops; 12 seconds, or fewer if little happens.
    ///
    /// # Errors
    /// As [`still_png`](Self::still_png).
    pub fn film(&self) -> Result<Vec<u8>, PictureError> {
        let options = options()?;
        let frames = (self.pace.seconds * PLAYING * FRAMES_A_SECOND) as usize;
        let frame = |number: usize| {
            let seconds = self.pace.seconds * number as f64 / frames as f64;
            drawn(&self.draw(self.on_axis(self.pace.at(seconds))), &options, 1.0)
        };
        let samples = (0..SAMPLES).map(|sample| frame(sample * frames / (SAMPLES - 1)));
        let palette = palette(&samples.collect::<Result<Vec<_>, _>>()?);
        let mut film = Film::new(&palette);
        for number in 0..=frames {
            film.push(&frame(number)?)?;
        }
        let hold = self.pace.seconds * (1.0 - PLAYING);
        film.written((hold * 100.0).round() as u16)
    }
}

/// With the fonts of the system. If they have none of the usual names, the first one has to do.
fn options() -> Result<Options<'static>, PictureError> {
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    let first = fonts.faces().find_map(|face| face.families.first().map(|(name, _)| name.clone()));
    let first = first.ok_or(PictureError::NoFont)?;
    let is_there = |fonts: &Database, family| fonts.query(&Query { families: &[family], ..Query::default() }).is_some();
    if !is_there(fonts, Family::SansSerif) {
        fonts.set_sans_serif_family(first.clone());
    }
    if !is_there(fonts, Family::Serif) {
        fonts.set_serif_family(first.clone());
    }
    if !is_there(fonts, Family::Monospace) {
        fonts.set_monospace_family(first);
    }
    Ok(options)
}

fn drawn(svg: &str, options: &Options<'_>, scale: f32) -> Result<Pixmap, PictureError> {
    let tree = Tree::from_str(svg, options).map_err(|error| failed(&error))?;
    let pixels = |length: f32| u16::try_from((length * scale).ceil() as u32).ok().map(u32::from);
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    let pixmap = width.zip(height).and_then(|(width, height)| Pixmap::new(width, height));
    let mut pixmap = pixmap.ok_or(PictureError::TooLarge)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The picture is opaque, so the fourth channel says nothing.
fn colours(pixmap: &Pixmap) -> impl Iterator<Item = Colour> + '_ {
    pixmap.data().chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]])
}

/// The most frequent colours, without those that look like a more frequent one.
fn palette(samples: &[Pixmap]) -> Vec<Colour> {
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    for colour in samples.iter().flat_map(colours) {
        *counts.entry(colour).or_default() += 1;
    }
    let mut by_count: Vec<_> = counts.into_iter().collect();
    by_count.sort_unstable_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let are_alike = |one: &Colour, other: &Colour| one.iter().zip(other).all(|(a, b)| a.abs_diff(*b) < ALIKE);
    let mut palette: Vec<Colour> = Vec::new();
    for (colour, _) in by_count {
        if palette.len() < usize::from(UNCHANGED) && !palette.iter().any(|chosen| are_alike(chosen, &colour)) {
            palette.push(colour);
        }
    }
    palette
}

/// The first and the last row, and the first and the last column, in which two pictures differ; `None` if they do not.
fn changed(last: &[Colour], now: &[Colour], across: usize) -> Option<[usize; 4]> {
    let row = |at: usize| last.get(at * across..(at + 1) * across);
    let differs = |(at, new): &(usize, &[Colour])| row(*at) != Some(*new);
    let rows: Vec<_> = now.chunks_exact(across).enumerate().filter(differs).collect();
    let ((top, _), (bottom, _)) = (rows.first()?, rows.last()?);
    let mut columns = [across - 1, 0];
    for (at, new) in &rows {
        let old = row(*at).unwrap_or_default();
        let is_new = |column: &usize| old.get(*column) != new.get(*column);
        let (mut forth, mut back) = (0..across, (0..across).rev());
        columns[0] = forth.find(is_new).map_or(columns[0], |first| first.min(columns[0]));
        columns[1] = back.find(is_new).map_or(columns[1], |last| last.max(columns[1]));
    }
    Some([*top, *bottom, columns[0], columns[1]])
}

/// The frames so far. Each has only what has changed.
struct Film<'a> {
    palette: &'a [Colour],
    nearest: HashMap<Colour, u8>,
    size: (u16, u16),
    last: Vec<Colour>,
    frames: Vec<Frame<'static>>,
}

impl<'a> Film<'a> {
    fn new(palette: &'a [Colour]) -> Self {
        Self { palette, nearest: HashMap::new(), size: (0, 0), last: Vec::new(), frames: Vec::new() }
    }

    fn push(&mut self, pixmap: &Pixmap) -> Result<(), PictureError> {
        let (Ok(width), Ok(height)) = (u16::try_from(pixmap.width()), u16::try_from(pixmap.height())) else {
            return Err(PictureError::TooLarge);
        };
        self.size = (width, height);
        let now: Vec<_> = colours(pixmap).collect();
        let across = usize::from(width);
        let Some([top, bottom, left, right]) = changed(&self.last, &now, across) else {
            if let Some(frame) = self.frames.last_mut() {
                frame.delay += TIME;
            }
            return Ok(());
        };
        let mut pixels = Vec::with_capacity((bottom - top + 1) * (right - left + 1));
        for row in top..=bottom {
            let places = row * across + left..row * across + right + 1;
            for (at, colour) in places.clone().zip(&now[places]) {
                let is_same = self.last.get(at) == Some(colour);
                pixels.push(if is_same { UNCHANGED } else { self.nearest(*colour) });
            }
        }
        self.last = now;
        let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX); // never, because the whole is not longer
        self.frames.push(Frame {
            left: short(left),
            top: short(top),
            width: short(right - left + 1),
            height: short(bottom - top + 1),
            buffer: Cow::Owned(pixels),
            transparent: Some(UNCHANGED),
            dispose: DisposalMethod::Keep,
            delay: TIME,
            ..Frame::default()
        });
        Ok(())
    }

    fn nearest(&mut self, colour: Colour) -> u8 {
        let far =
            |chosen: &Colour| chosen.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
        let palette = self.palette;
        *self.nearest.entry(colour).or_insert_with(|| {
            let nearest = palette.iter().enumerate().min_by_key(|(_, chosen)| far(chosen));
            nearest.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or(0)
        })
    }

    /// The file; its end stays for `hold` hundredths of a second.
    fn written(mut self, hold: u16) -> Result<Vec<u8>, PictureError> {
        if let Some(last) = self.frames.last_mut() {
            last.delay = (last.delay + hold).saturating_sub(TIME);
        }
        let mut palette = self.palette.concat();
        palette.resize(256 * 3, 0);
        let mut file = Vec::new();
        let mut encoder =
            Encoder::new(&mut file, self.size.0, self.size.1, &palette).map_err(|error| failed(&error))?;
        encoder.set_repeat(Repeat::Infinite).map_err(|error| failed(&error))?;
        for frame in &self.frames {
            encoder.write_frame(frame).map_err(|error| failed(&error))?;
        }
        drop(encoder); // which writes the end
        Ok(file)
    }
}
