//! A node worker.

fn main() {
    tabchain::web::run_node();
}
