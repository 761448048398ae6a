//! The programs that come with the crate: which fail, and how many schedules the others pass.

use paintdry_explore::programs::ALL;
use paintdry_explore::{Explorer, NotPassed};
use std::ops::ControlFlow;

#[test]
fn each_program_does_what_it_says() {
    for program in ALL {
        let start = std::time::Instant::now();
        match program.check(&Explorer::new(), &mut |_| ControlFlow::Continue(())) {
            Ok(explored) => println!("{}: {explored:?} {:?}", program.name, start.elapsed()),
            Err(NotPassed::Failed(failure)) => {
                println!("{}: {failure}\n{:?} {:?}", program.name, failure.explored, start.elapsed())
            }
            Err(other) => panic!("{other}"),
        }
    }
}
