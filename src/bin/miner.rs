//! A miner worker.

fn main() {
    tabchain::web::run_miner();
}
