//! Files, sockets and the traits for reading and writing.

use std::fs;

/// Reads everything, with the traits that async-std, smol and the futures crate share.
async fn all_of(mut source: impl smol::io::AsyncRead + Unpin) -> String {
    use smol::io::AsyncReadExt;
    let mut text = String::new();
    source.read_to_string(&mut text).await.expect("it is text");
    text
}

#[test]
fn what_is_written_is_in_the_file_when_async_stds_is_dropped_and_after_a_flush_on_smol() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("of-async-std");
    async_std::task::block_on(async {
        use async_std::prelude::*;
        let mut file = async_std::fs::File::create(&path).await.expect("a file");
        file.write_all(b"dry").await.expect("it is written");
    });
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "dry");

    let path = folder.path().join("of-smol");
    smol::block_on(async {
        use smol::prelude::*;
        let mut file = smol::fs::File::create(&path).await.expect("a file");
        file.write_all(b"dry").await.expect("it is written");
        file.flush().await.expect("it is in the file");
    });
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "dry");

    smol::block_on(smol::fs::write(&path, "a whole file")).expect("it is written");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "a whole file");
}

#[test]
fn one_function_reads_the_files_of_both() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    smol::block_on(async {
        let of_async_std = all_of(async_std::fs::File::open(path).await.expect("it is there")).await;
        let of_smol = all_of(smol::fs::File::open(path).await.expect("it is there")).await;
        assert!(of_smol.contains("[package]"));
        assert_eq!(of_async_std, of_smol);
    });
}

/// Two ends of a connection, the first of async-std, the second of smol.
async fn connection() -> (async_std::net::TcpStream, smol::net::TcpStream) {
    let listener = smol::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it has one");
    let of_async_std = async_std::net::TcpStream::connect(address).await.expect("the listener is there");
    let (of_smol, _) = listener.accept().await.expect("the other end connects");
    (of_async_std, of_smol)
}

#[test]
fn a_socket_is_cloned_to_be_read_and_written_in_two_tasks() {
    use smol::io::AsyncWriteExt;
    smol::block_on(async {
        let (of_async_std, of_smol) = connection().await;
        for (mut writer, reader) in [
            (Box::pin(of_async_std.clone()) as Writer, Box::pin(of_smol.clone()) as Reader),
            (Box::pin(of_smol), Box::pin(of_async_std)),
        ] {
            writer.write_all(b"wet").await.expect("it is sent");
            let read = smol::spawn(three_of(reader));
            assert_eq!(&read.await, b"wet");
        }
    });
}

type Writer = std::pin::Pin<Box<dyn smol::io::AsyncWrite + Send>>;
type Reader = std::pin::Pin<Box<dyn smol::io::AsyncRead + Send>>;

async fn three_of(mut source: Reader) -> [u8; 3] {
    use smol::io::AsyncReadExt;
    let mut bytes = [0; 3];
    source.read_exact(&mut bytes).await.expect("they come");
    bytes
}

#[test]
fn close_only_flushes_a_socket_of_async_std_and_ends_the_sending_of_smols() {
    use smol::io::AsyncWriteExt;
    smol::block_on(async {
        let (mut of_async_std, mut of_smol) = connection().await;
        of_smol.close().await.expect("it is open");
        assert!(of_smol.write_all(b"wet").await.is_err());
        assert_eq!(all_of(of_async_std.clone()).await, "", "the other end reads to the end");

        of_async_std.close().await.expect("it is open");
        of_async_std.write_all(b"dry").await.expect("it is still open");
        of_async_std.shutdown(std::net::Shutdown::Write).expect("it is open");
        assert_eq!(all_of(of_smol).await, "dry");
    });
}
