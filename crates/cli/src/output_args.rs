//! The options for where and how to write a result, which most subcommands have.

use crate::ending::Exit;
use anstream::AutoStream;
use clap::ColorChoice;
use paintdry_terminal::live::Live;
use paintdry_terminal::output::Output;
use std::io;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct OutputArgs {
    /// Write the result to this file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show no progress, and do not name the files that were written
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    color: ColorArgs,
}

impl OutputArgs {
    /// Where the result goes, already tested.
    pub(crate) fn open(&self) -> Result<Output, Exit> {
        Output::open(self.output.as_deref()).map_err(Exit::trouble)
    }

    /// The live display, if it is wanted and possible.
    pub(crate) fn live(&self) -> Option<Live> {
        let stderr = || AutoStream::new(io::stderr(), self.colour()).current_choice();
        if self.quiet { None } else { Live::on_terminal(stderr() != anstream::ColorChoice::Never) }
    }

    pub(crate) fn colour(&self) -> anstream::ColorChoice {
        self.color.colour()
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct ColorArgs {
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

impl ColorArgs {
    pub(crate) fn colour(&self) -> anstream::ColorChoice {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
    }
}
