//! The options of `scale`.

use crate::format::ScaleFormat;
use crate::output_args::OutputArgs;
use crate::runtime_names::RUNTIME;
use crate::scale::limits;
use std::time::Duration;

pub(crate) const EXAMPLES: &str = "\
Each run has a process of its own, one at a time, and takes the drying time and
what comes on top: with 10 s, 9 runtimes and 4 numbers of tasks about 6 minutes.

Examples:
  paintdry scale                              the whole comparison: about 6 minutes
  paintdry scale --tasks 1,10k --drying 1s    a short one
  paintdry scale --tasks 1M --runtime generator,tokio,smol
  paintdry scale --peers                      floors, Python and other peers, too
  paintdry scale --format svg --output scale.svg";

#[derive(Debug, clap::Args)]
pub(crate) struct ScaleArgs {
    /// How many canvases dry at the same time; several numbers are separated by commas
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "1,10k,100k,1M", value_parser = limits::tasks, allow_hyphen_values = true)]
    pub(crate) tasks: Vec<usize>,
    /// How long each of them dries, such as 10s
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = crate::limits::duration, allow_hyphen_values = true)]
    pub(crate) drying: Duration,
    /// Only these runtimes; repeat it or separate names by commas
    #[arg(id = RUNTIME, long = "runtime", value_name = "NAME", value_delimiter = ',', allow_hyphen_values = true, hide_possible_values = true)]
    pub(crate) runtimes: Vec<String>,
    /// Besides, the least that anybody could do (the floors), Python, and the peers that are built in
    #[arg(long)]
    pub(crate) peers: bool,
    /// Run nothing that needs more memory than this, such as 4GB; unless told, than there is
    #[arg(long, value_name = "SIZE", value_parser = limits::memory, allow_hyphen_values = true)]
    pub(crate) memory: Option<u64>,
    /// Run also what would not fit in memory, or take blocking more than a minute
    #[arg(long)]
    pub(crate) force: bool,
    /// Divide the drying time by this
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = crate::limits::speed, allow_hyphen_values = true)]
    pub(crate) speed: f64,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: ScaleFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
