//! What runs in workers: the node, and its miners. `workers/loader.js` names the role of each.

use tabchain::web::{Role, role};

fn main() {
    match role() {
        Role::Node => tabchain::web::run_node(),
        Role::Miner => tabchain::web::run_miner(),
    }
}
