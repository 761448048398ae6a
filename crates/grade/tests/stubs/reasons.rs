//! Why each stub fails: words from its message, which say what it teaches.

use Reason::{DoesNotCompile, Fails};

/// Why a stub does not pass.
#[derive(Debug)]
pub(crate) enum Reason {
    /// A test fails, with all these words.
    Fails(&'static [&'static str]),
    /// The compiler refuses it, with all these words.
    DoesNotCompile(&'static [&'static str]),
}

/// The exercises in the order of the list. If several tests of a stub fail, any of them may be first, so such a stub has a row for
/// each.
pub(crate) const REASONS: &[(&str, Reason)] = &[
    ("paint1", Fails(&["the canvas should be painted before its paint can be wet", "0.0 s  sky: blank"])),
    ("blocking1", Fails(&["each canvas should be dry when the painter hangs it up", "hung up wet"])),
    ("threads1", Fails(&["it should take 3s and took 9s: if all threads start at once"])),
    ("generator1", Fails(&["should continue where the one before stopped", "3.0 s  sky: painted"])),
    ("generator2", Fails(&["still not complete. Does it remember how far it is?", "sky: white\n  0.0 s  sea"])),
    ("generator3", Fails(&["its first resume before any painter gets its second", "3.0 s  sky: dry"])),
    ("loop1", Fails(&["the painters should take turns", "1.0 s  sun: stroke 1\n  2.0 s  sun: stroke 2"])),
    ("loop2", Fails(&["a painter that sleeps is not resumed before its time", "sky: dry after 302 resumes"])),
    ("loop3", Fails(&["painted at 3 s, while the sky dries: let no sleep hold the loop", "5.0 s  sea: painted"])),
    (
        "loop4",
        Fails(&["`loop4` hangs", "call into the course was at line 33. It hangs after", "a loop that has no way out"]),
    ),
    ("lazy1", Fails(&["the sky should be painted once, and is painted 0 times: does the program await its future?"])),
    ("await1", Fails(&["it should take 5s and took 9s", "so await all three at the same time"])),
    (
        "spawn1",
        Fails(&[
            "ended before 3 of its tasks: what could it wait for?",
            "sky, sea and sun were spawned, and never polled",
        ]),
    ),
    (
        "gather1",
        Fails(&["expects the results in this order", "and gave\n         [\"the sea: 1 s\", \"the sun: 2 s\""]),
    ),
    ("promise1", Fails(&["ada waits for ever, because her promise still exists", "and main waits for the end of ada"])),
    ("future1", Fails(&["painter waits at line", "for a wake that never comes", "courier: brings the sky"])),
    ("future2", Fails(&["late waits at line", "for a wake that never comes", "early: gives the delivery away"])),
    ("future3", Fails(&["sun waits at line", "for a wake that never comes", "sky: is wet"])),
    ("executor1", Fails(&["`block_on(a future that wakes itself during its poll)` hangs", "never woken"])),
    ("executor2", Fails(&["the gallery needs 3 polls and got 4", "Two wakes before a poll need one poll"])),
    ("heartbeat1", Fails(&["gap between two beats should be 500 ms, and was 3s"])),
    ("lock1", Fails(&["`lock1` hangs", "a lock that blocks the thread"])),
    ("tokio1", Fails(&["step 1 of 2: a task that sleeps panics", "need a runtime on the thread that calls them"])),
    ("tokio2", Fails(&["starts a runtime inside this one", "Cannot start a runtime from within a runtime"])),
    ("smol1", Fails(&["3 of 3 canvases should be dry, and 0 are", "sky: dropped before its end"])),
    ("runtime1", Fails(&["the trait says: “Gives up the caller's turn.”", "one ran alone"])),
    ("runtime2", Fails(&["the trait says: “Waits until at least `duration` has passed", "a sleep of 1ms ended after"])),
    ("runtime3", Fails(&["Whether dropping a task's handle cancels the task", "was false instead of true"])),
    ("join1", Fails(&["it should take 3s and took 4s", "if these are two tasks"])),
    ("futurelock1", Fails(&["main waits at line", "for pot of blue, held by main"])),
    ("cancel1", Fails(&["should be back on the shelf although `paint_one` has not reached its last line"])),
    ("cancel2", Fails(&["it should take 2s and took 6s", "if the loop does not begin it again"])),
    ("abort1", Fails(&["the brush is not there: ada still holds it, although she was aborted"])),
    ("select1", Fails(&["these do: [\"sky\", \"sea\", \"boat\"]. What does a round drop?"])),
    ("scope1", Fails(&["2 tasks have not ended when `paint_three` returns"])),
    ("backpressure1", Fails(&["there are 4 racks, and 100 canvases dry at the same time"])),
    ("schedule1", Fails(&["a schedule fails", "two tickets have different numbers", "sees sold 0"])),
    ("schedule2", Fails(&["a schedule fails", "stuck: no task is ready", "main, ada and bob wait"])),
    ("bench1", Fails(&["canvas 2 is torn, so only three get dry", "Report { dry: 4, took: 0ns }"])),
    ("bench1", Fails(&["4 canvases should be dry, and 0 are: does the benchmark await the futures that it makes?"])),
    ("channel1", Fails(&["at most 2 orders should wait, and 8 wait at the same time"])),
    ("channel2", Fails(&["main waits for orders, painter waits at line", "for canvases"])),
    (
        "channel3",
        Fails(&["there is room for 2 orders, and 10 of 10 were accepted", "how much room do 10 senders have?"]),
    ),
    ("stream1", Fails(&["the sky is dry after 3 s, and should hang then; it hangs at [9s]"])),
    ("stream1", Fails(&["one canvas is asked for, so the stream should paint one", "sun: painted"])),
    ("stream2", Fails(&["there are 4 racks, and at most 1 canvases dry at the same time"])),
    ("send1", DoesNotCompile(&["cannot be sent between threads", "Rc<Cell<u32>>", "with `pot` maybe used later"])),
    ("send2", DoesNotCompile(&["cannot be sent between threads", "dyn std::error::Error", "with `error` maybe used"])),
    ("static1", DoesNotCompile(&["error[E0597]: `palette` does not live long enough", "borrowed for `'static`"])),
    ("pin1", DoesNotCompile(&["error[E0277]", "cannot be unpinned", "`futures::future::select_all`"])),
    ("trait1", DoesNotCompile(&["cannot be sent between threads", "for all implementations of `Painter::paint`"])),
    ("trait2", DoesNotCompile(&["error[E0038]: the trait `Painter` is not dyn compatible", "`paint` is `async`"])),
    ("closure1", DoesNotCompile(&["captured variable cannot escape `FnMut` closure body", "asked += 1"])),
    ("timeout1", Fails(&["it should take 7s and took 10s", "however many steps there are"])),
    ("shutdown1", Fails(&["it should take 9s and took 4s: the bell rings at second 4, and the limit is 5 s"])),
    ("shutdown1", Fails(&["at the bell 2 canvases are painted and 2 are begun", "and 2 are"])),
    ("bridge1", Fails(&["the heart should beat 7 times in three seconds, and beat 0 times"])),
    ("port1", Fails(&["step 1 of 3: 3 lines name async_std", "`task::spawn` is `smol::spawn`"])),
    ("library1", Fails(&["on smol the library panics: there is no reactor running", "could use `R` instead"])),
    ("workshop1", Fails(&["in two pieces, and gets an answer to each line", "unknown command \"NT\""])),
    ("workshop1", Fails(&["before its second line was whole", "0.0 s  ERROR PAINT needs a name and a time"])),
    ("workshop2", Fails(&["it should take 3s and took 12s: Ada goes at second 1"])),
    ("workshop3", Fails(&["so its client gets the answer", "sky 2s, no answer, 1s"])),
];
