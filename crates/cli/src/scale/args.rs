//! The options of `scale`.

use crate::format::ScaleFormat;
use crate::output_args::OutputArgs;
use crate::runtime_names::RUNTIME;
use crate::scale::limits;
use std::time::Duration;

pub(crate) const EXAMPLES: &str = "\
Each run has its own process and takes the drying time and a little more, one run
after another. 9 runtimes with 4 numbers of tasks and 10 s take about 6 minutes.

Examples:
  paintdry scale                              all of it: about 6 minutes
  paintdry scale --tasks 1,10k --drying 1s    a short one
  paintdry scale --tasks 1M -r generator,tokio,smol
  paintdry scale --peers                      also Python and other runtimes
  paintdry scale -f svg -o scale.svg          a chart";

#[derive(Debug, clap::Args)]
pub(crate) struct ScaleArgs {
    /// How many canvases dry at the same time; separate numbers by commas
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "1,10k,100k,1M", value_parser = limits::tasks, allow_hyphen_values = true)]
    pub(crate) tasks: Vec<usize>,
    /// How long each canvas dries
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = crate::limits::duration, allow_hyphen_values = true)]
    pub(crate) drying: Duration,
    /// Run only these runtimes; separate names by commas [default: all]
    #[arg(id = RUNTIME, short = 'r', long = "runtime", value_name = "NAME", value_delimiter = ',', allow_hyphen_values = true, hide_possible_values = true)]
    pub(crate) runtimes: Vec<String>,
    /// Also run the floors (the least possible work), Python and other runtimes
    #[arg(long)]
    pub(crate) peers: bool,
    /// A safe memory limit, such as 4GB [default: what is available]
    #[arg(long, value_name = "SIZE", value_parser = limits::memory, allow_hyphen_values = true)]
    pub(crate) memory: Option<u64>,
    /// Also run what exceeds that limit, or blocks for more than a minute
    #[arg(long)]
    pub(crate) force: bool,
    /// Divide the drying time by this factor
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = crate::limits::speed, allow_hyphen_values = true)]
    pub(crate) speed: f64,
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "table")]
    pub(crate) format: ScaleFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
