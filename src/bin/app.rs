//! Three roles of a tab in one module, so that what they share is loaded once: the page's shell with the chain page,
//! and in a worker of its own each the node and the miners. `workers/loader.js` names a worker's role.

use tabchain::ui::{shell, text};
use tabchain::web::{Role, role};

fn main() {
    match role() {
        Role::Page => {
            text::install(text::SHELL);
            shell::draw_shell();
        }
        Role::Node => tabchain::web::run_node(),
        Role::Miner => tabchain::web::run_miner(),
    }
}
