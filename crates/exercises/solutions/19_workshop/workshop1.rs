// Chapter 19, about 15 minutes: make lines of bytes that come in pieces of any size.
// docs/19-workshop.md
//
// A client orders a canvas in a line such as `PAINT sky 2s`, and a line ends with `\n`. But a connection carries bytes, not lines.
// One `read` may give you half a line, or a line and the beginning of the next.
//
// This server takes the bytes of one `read` for a line. Keep the bytes until they hold a whole line, answer it, and keep the rest.
//
// `pipe` makes the two ends of a connection in memory, each a `Pipe`. `AsyncReadExt` has the methods to read, such as
// `read_to_string`, and `AsyncWriteExt` those to write. `Order::parse` takes a line with or without its `\n`.

use futures::io::{AsyncReadExt, AsyncWriteExt};
use paintdry_course::{say, sleep, spawn, yield_now};
use paintdry_workshop::{Order, Pipe, pipe};

async fn serve_client(mut connection: Pipe) {
    let mut unread = Vec::new(); // Changed: what was read and is no whole line yet. It lives as long as the connection.
    let mut piece = [0; 64];
    loop {
        let length = connection.read(&mut piece).await.expect("the client is connected");
        if length == 0 {
            return; // the client has closed the connection
        }
        // Changed: as long as there is a whole line, take it out. `drain` leaves the rest, which is the beginning of the next line.
        unread.extend_from_slice(&piece[..length]);
        while let Some(end) = unread.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = unread.drain(..=end).collect();
            answer(&mut connection, &line).await;
        }
    }
}

/// Answers a line. You need not change it.
async fn answer(connection: &mut Pipe, line: &[u8]) {
    let answer = match Order::parse(line) {
        Ok(order) => {
            sleep(order.drying).await;
            format!("DRY {}\n", order.name)
        }
        Err(error) => format!("ERROR {error}\n"),
    };
    say(answer.trim_end());
    connection.write_all(answer.as_bytes()).await.expect("the client is connected");
}

/// A client whose orders come in these pieces. All that it hears.
async fn hears(pieces: &[&str]) -> String {
    let (mut client, connection) = pipe("connection", 1_000); // it holds up to 1,000 bytes
    let server = spawn("server", serve_client(connection));
    for piece in pieces {
        client.write_all(piece.as_bytes()).await.expect("the server is connected");
        yield_now().await; // the server reads the piece
        yield_now().await;
    }
    client.close().await.expect("the server is connected");
    let mut heard = String::new();
    client.read_to_string(&mut heard).await.expect("the server answers in text");
    server.await.expect("it does not panic");
    heard
}

fn main() {
    let seen = paintdry_course::watch("workshop1", hears(&["PAI", "NT sky 2s\nPAINT sea 1s\n"]));
    println!("{}", seen.log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn a_line_may_come_in_two_pieces_and_a_piece_may_have_two_lines() {
        let seen = watch("workshop1", hears(&["PAI", "NT sky 2s\nPAINT sea 1s\n"]));
        seen.assert_ended();
        let because = "the client sends two lines, `PAINT sky 2s` in two pieces, and gets an answer to each line";
        seen.assert_said(&["server: DRY sky", "server: DRY sea"], because);
        seen.assert_took(seconds(3), "2 s for the sky, and then 1 s for the sea");
    }

    #[test]
    fn half_a_line_is_no_order() {
        let seen = watch("workshop1 half a line", hears(&["PAINT sky 2s\nPAI"]));
        seen.assert_ended();
        let because = "the client has gone before its second line was whole, so only the first one gets an answer";
        seen.assert_said(&["server: DRY sky"], because);
    }
}
