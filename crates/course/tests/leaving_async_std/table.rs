//! The table of the page: each path in its column for smol exists, and does what its row says.

use smol::channel::bounded;
use std::future::{pending, ready};

#[test]
fn each_path_in_the_column_of_smol_works() {
    smol::block_on(async {
        assert_eq!(smol::spawn(ready(1)).await, 1);
        let local = smol::LocalExecutor::new();
        assert_eq!(local.run(local.spawn(ready(2))).await, 2);
        assert_eq!(smol::unblock(|| 3).await, 3);
        smol::future::yield_now().await;
        assert_eq!(smol::future::or(pending(), ready(4)).await, 4);
        assert_eq!(smol::future::zip(ready(5), ready(6)).await, (5, 6));

        let (sender, receiver) = bounded(1);
        sender.send(7).await.expect("there is room");
        assert_eq!(receiver.recv().await, Ok(7));
        assert_eq!(*smol::lock::Mutex::new(8).lock().await, 8);
        assert_eq!(*smol::lock::RwLock::new(9).read().await, 9);

        assert!(smol::fs::metadata(env!("CARGO_MANIFEST_DIR")).await.is_ok(), "this folder exists");
        assert!(smol::fs::metadata("no such file").await.is_err());
        drop(smol::Unblock::new(std::io::stdin()));
    });
}
