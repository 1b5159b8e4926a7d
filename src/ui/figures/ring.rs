//! The network as this node sees it: itself in the middle, its links around.
//!
//! Up to eight peers stand on a ring; more than that would crowd it, so they stand in a grid. What
//! a peer's ring and chip show is its tip: same hue and glyph, same chain.

use std::f64::consts::TAU;

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};
use crate::api::{LinkState, LogEntry, NetworkView, PeerView};
use crate::ui::{Digest, format, use_text};

/// Peers on the ring at most.
pub const RING_MAX: usize = 8;
/// Messages drawn on their way at most.
const CAPSULES_MAX: usize = 24;

const WIDTH: f64 = 760.0;
const RING_HEIGHT: f64 = 500.0;
const FLAT_HEIGHT: f64 = 230.0;
const GRID_COLUMNS: usize = 6;
const NARROW_WIDTH: f64 = 340.0;
const NARROW_COLUMNS: usize = 3;
const FIRST_ROW: f64 = 230.0;
const GRID_ROW: f64 = 132.0;

/// Words a drawing needs.
pub struct RingWords<'a> {
    /// Over this node.
    pub this_tab: &'a str,
    /// Under a peer that is catching up.
    pub catching_up: &'a str,
    /// Under a lost peer.
    pub lost: &'a str,
    /// Under one whose handshake is going on.
    pub greeting: &'a str,
}

/// How the nodes are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Around this node.
    Ring,
    /// In rows below this node.
    Rows,
    /// In rows of a phone's width.
    Narrow,
}

impl Arrangement {
    /// The one for so many peers, on a phone or not.
    pub const fn of(peers: usize, narrow: bool) -> Self {
        match (narrow, peers <= RING_MAX) {
            (true, _) => Self::Narrow,
            (false, true) => Self::Ring,
            (false, false) => Self::Rows,
        }
    }

    const fn width(self) -> f64 {
        match self {
            Self::Ring | Self::Rows => WIDTH,
            Self::Narrow => NARROW_WIDTH,
        }
    }

    const fn columns(self) -> usize {
        match self {
            Self::Ring | Self::Rows => GRID_COLUMNS,
            Self::Narrow => NARROW_COLUMNS,
        }
    }

    /// Whether the link to this peer has a free way: in rows only the first row's has.
    const fn is_linked(self, index: usize) -> bool {
        matches!(self, Self::Ring) || index < self.columns()
    }
}

/// Height of the drawing, and where every node stands: this node first, then the peers in order.
pub fn places(peers: usize, arrangement: Arrangement) -> (f64, Vec<(f64, f64)>) {
    if arrangement == Arrangement::Ring {
        // One or two stand beside this node, and need no room above and below.
        let flat = peers <= 2;
        let height = if flat { FLAT_HEIGHT } else { RING_HEIGHT };
        let centre = (WIDTH / 2.0, height / 2.0 - 6.0);
        let around = (0..peers).map(|index| {
            // From the top, clockwise.
            let turn = if flat { 0.25 } else { 0.0 };
            let angle = (index as f64 / peers as f64 + turn) * TAU;
            (centre.0 + angle.sin() * 290.0, centre.1 - angle.cos() * 168.0)
        });
        return (height, std::iter::once(centre).chain(around).collect());
    }
    let columns = arrangement.columns();
    let centre = arrangement.width() / 2.0;
    let step = arrangement.width() / columns as f64;
    let rows = (0..peers).map(|index| {
        let row = index / columns;
        // The last row stands in the middle.
        let in_row = (peers - row * columns).min(columns);
        let x = centre + step * ((index % columns) as f64 - (in_row - 1) as f64 / 2.0);
        (x, FIRST_ROW + row as f64 * GRID_ROW)
    });
    let height = FIRST_ROW + peers.div_ceil(columns) as f64 * GRID_ROW - 50.0;
    (height, std::iter::once((centre, 74.0)).chain(rows).collect())
}

/// Lays nodes and links out.
pub fn layout(view: &NetworkView, words: &RingWords, narrow: bool) -> Drawing {
    let arrangement = Arrangement::of(view.peers.len(), narrow);
    let (height, places) = places(view.peers.len(), arrangement);
    let mut shapes = Vec::new();
    let Some((me, others)) = places.split_first() else { return Drawing::default() };
    for (index, (peer, place)) in view.peers.iter().zip(others).enumerate() {
        if arrangement.is_linked(index) {
            link(&mut shapes, *me, *place, peer, arrangement);
        }
    }
    for (peer, place) in std::iter::once(&view.me).chain(&view.peers).zip(&places) {
        node(&mut shapes, peer, *place, words, arrangement == Arrangement::Ring);
    }
    Drawing { width: arrangement.width(), height, shapes }
}

fn link(
    shapes: &mut Vec<Shape>,
    (x0, y0): (f64, f64),
    (x1, y1): (f64, f64),
    peer: &PeerView,
    arrangement: Arrangement,
) {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let at = |part: f64| (x0 + ux * part, y0 + uy * part);
    // Below this node stand its name and tip.
    let near = if arrangement == Arrangement::Ring || dx.abs() > dy.abs() { 50.0 } else { 96.0 };
    let (start, end) = (at(near), at(length - 42.0));
    let half = (near + length - 42.0) / 2.0;
    let middle = at(half);
    if peer.link == LinkState::Lost {
        let (before, after) = (at(half - 13.0), at(half + 13.0));
        let d = path(&[
            ("M", &[start.0, start.1]),
            ("L", &[before.0, before.1]),
            ("M", &[after.0, after.1]),
            ("L", &[end.0, end.1]),
        ]);
        shapes.push(Shape::Path { class: "lk is-cut", d, hue: None });
        for (x, y) in [at(half - 11.0), at(half + 11.0)] {
            let d = path(&[
                ("M", &[x + uy * 8.0 + ux * 2.0, y - ux * 8.0 + uy * 2.0]),
                ("L", &[x - uy * 8.0 - ux * 2.0, y + ux * 8.0 - uy * 2.0]),
            ]);
            shapes.push(Shape::Path { class: "lk is-slash", d, hue: None });
        }
        return;
    }
    let class = if peer.link == LinkState::Handshake { "lk is-new" } else { "lk" };
    shapes.push(Shape::Path { class, d: path(&[("M", &[start.0, start.1]), ("L", &[end.0, end.1])]), hue: None });
    if let Some(ping) = peer.ping_ms {
        let text = [&format::short(ping), " ms"].concat();
        let width = 16.0 + text.len() as f64 * 6.2;
        shapes.push(Shape::Rect {
            class: "lat__box",
            x: middle.0 - width / 2.0,
            y: middle.1 - 10.0,
            width,
            height: 20.0,
            radius: 4.0,
            hue: None,
        });
        shapes.push(Shape::Text { class: "lat", x: middle.0, y: middle.1 + 4.0, anchor: Anchor::Middle, text });
    }
}

fn node(shapes: &mut Vec<Shape>, peer: &PeerView, (x, y): (f64, f64), words: &RingWords, ring: bool) {
    let me = peer.link == LinkState::Me;
    let radius = match (me, ring) {
        (true, _) => 42.0,
        (false, true) => 34.0,
        (false, false) => 26.0,
    };
    let hue = peer.tip.map(|(tip, _)| Digest::from(tip).hue());
    let class = match peer.link {
        LinkState::Lost => "nd__ring is-lost",
        LinkState::CatchingUp => "nd__ring is-sync",
        LinkState::Handshake => "nd__ring is-new",
        LinkState::Me | LinkState::Linked if hue.is_some() => "nd__ring",
        LinkState::Me | LinkState::Linked => "nd__ring is-new",
    };
    if me {
        shapes.push(Shape::Circle { class: "nd__me", x, y, radius: radius + 6.0, hue: None });
    }
    shapes.push(Shape::Circle { class, x, y, radius, hue });
    let side = (radius - 6.0) * 2.0;
    shapes.push(Shape::Avatar { name: peer.name.0.clone(), x: x - side / 2.0, y: y - side / 2.0, size: side });
    let mut line = |class: &'static str, y: f64, text: &str| {
        shapes.push(Shape::Text { class, x, y, anchor: Anchor::Middle, text: text.to_owned() });
    };
    if me {
        line("nd__this", y - radius - 13.0, words.this_tab);
    }
    line(if me { "nd__name is-me" } else { "nd__name" }, y + radius + 21.0, &peer.name.0);
    let below = match peer.link {
        LinkState::Lost => Some(words.lost),
        LinkState::CatchingUp => Some(words.catching_up),
        LinkState::Handshake => Some(words.greeting),
        LinkState::Me | LinkState::Linked => None,
    };
    if let Some(below) = below {
        line("nd__state", y + radius + 37.0, below);
    } else if let Some((tip, height)) = peer.tip {
        let text = height.to_string();
        let width = 38.0 + text.len() as f64 * 7.5;
        let left = x - width / 2.0;
        let top = y + radius + 27.0;
        let hash = Digest::from(tip);
        shapes.push(Shape::Rect { class: "nd__tip", x: left, y: top, width, height: 20.0, radius: 4.0, hue });
        shapes.push(Shape::Glyph { hash, x: left + 8.0, y: top + 5.0, size: 10.0 });
        shapes.push(Shape::Text { class: "nd__height", x: left + 26.0, y: top + 14.5, anchor: Anchor::Start, text });
    }
}

/// A message on its way: from, to, its command.
pub struct Capsule<'a> {
    /// The message.
    pub entry: &'a LogEntry,
    /// Where it starts.
    pub from: (f64, f64),
    /// Where it goes.
    pub to: (f64, f64),
}

/// The newest messages between nodes on the drawing, newer than `after`.
pub fn capsules(view: &NetworkView, after: u64, narrow: bool) -> Vec<Capsule<'_>> {
    let arrangement = Arrangement::of(view.peers.len(), narrow);
    let (_, places) = places(view.peers.len(), arrangement);
    let names = || std::iter::once(&view.me).chain(&view.peers).map(|peer| &peer.name);
    let place = |wanted| {
        let index = names().position(|name| name == wanted)?;
        let free = index == 0 || arrangement.is_linked(index - 1);
        places.get(index).copied().filter(|_| free)
    };
    view.log
        .iter()
        .take_while(|entry| entry.number > after)
        .take(CAPSULES_MAX)
        .filter_map(|entry| Some(Capsule { entry, from: place(&entry.from)?, to: place(&entry.to)? }))
        .collect()
}

/// Properties of [`RingFigure`].
#[derive(Properties, PartialEq)]
pub struct RingFigureProps {
    /// The network.
    pub view: crate::ui::Shared<NetworkView>,
    /// Messages up to this number are not drawn on their way any more.
    pub after: u64,
}

/// The network as a drawing; messages travel along their links.
#[component]
pub fn RingFigure(props: &RingFigureProps) -> Html {
    let text = use_text();
    let words = RingWords {
        this_tab: text.t(key!("network.this_tab")),
        catching_up: text.t(key!("network.catching_up")),
        lost: text.t(key!("network.lost")),
        greeting: text.t(key!("network.greeting")),
    };
    let label = text.with(
        key!("network.ring_label"),
        &[("neighbours", &text.count(plural!("bar.peers"), props.view.peers.len() as u64))],
    );
    let drawn = |narrow: bool| {
        let drawing = layout(&props.view, &words, narrow);
        let class = if narrow { "fig ring ring--narrow show-sm-block" } else { "fig ring hide-sm" };
        html! {
            <svg {class} viewBox={drawing.view_box()} role="img" aria-label={label.clone()}>
                {draw(&drawing.shapes)}
                {for capsules(&props.view, props.after, narrow).iter().map(capsule)}
            </svg>
        }
    };
    html! { <>{drawn(false)}{drawn(true)}</> }
}

fn capsule(capsule: &Capsule<'_>) -> Html {
    let ((x0, y0), (x1, y1)) = (capsule.from, capsule.to);
    let width = 18.0 + capsule.entry.command.len() as f64 * 7.0;
    let style = format!("--x0:{x0:.0}px;--y0:{y0:.0}px;--x1:{x1:.0}px;--y1:{y1:.0}px");
    html! {
        <g class="msg" key={capsule.entry.number} {style} data-k={capsule.entry.command.clone()}>
            <rect x={format!("{:.0}", -width / 2.0)} y="-11" width={format!("{width:.0}")} height="22" rx="4" />
            <text x="0" y="4" text-anchor="middle">{capsule.entry.command.clone()}</text>
        </g>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::NodeName;
    use crate::ledger::{BlockHash, Time};

    fn peer(name: &str, link: LinkState) -> PeerView {
        PeerView {
            name: NodeName(name.into()),
            link,
            tip: Some((BlockHash::hash(name.as_bytes()), 7)),
            ping_ms: Some(1.5),
            bytes_received: 0,
            bytes_sent: 0,
            misbehaviour: 0,
            blocks_in_flight: 0,
        }
    }

    fn view(count: usize, link: LinkState) -> NetworkView {
        NetworkView {
            me: peer("me", LinkState::Me),
            peers: (0..count).map(|index| peer(&format!("peer {index}"), link)).collect(),
            active: true,
            log: Vec::new(),
            log_total: 0,
        }
    }

    const WORDS: RingWords =
        RingWords { this_tab: "this tab", catching_up: "catching up", lost: "lost", greeting: "hello" };

    #[test]
    fn nodes_stay_in_the_drawing_and_apart() {
        for (count, narrow) in (0..=64).flat_map(|count| [(count, false), (count, true)]) {
            let arrangement = Arrangement::of(count, narrow);
            let (height, places) = places(count, arrangement);
            assert_eq!(places.len(), count + 1);
            for (index, (x, y)) in places.iter().enumerate() {
                assert!(
                    (40.0..=arrangement.width() - 40.0).contains(x) && (30.0..=height - 60.0).contains(y),
                    "{count}: {x} {y}"
                );
                for (other_x, other_y) in &places[..index] {
                    assert!((x - other_x).hypot(y - other_y) > 90.0, "{count} peers");
                }
            }
        }
    }

    #[test]
    fn a_lost_link_has_a_gap_and_slashes_not_only_a_colour() {
        let drawing = layout(&view(1, LinkState::Lost), &WORDS, false);
        let slashes =
            drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Path { class: "lk is-slash", .. })).count();
        assert_eq!(slashes, 2);
        assert!(drawing.shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text == "lost")));
    }

    #[test]
    fn only_messages_between_known_nodes_travel() {
        let mut network = view(1, LinkState::Linked);
        let entry = |number, to: &str| LogEntry {
            number,
            time: Time::from_millis(0),
            from: NodeName("me".into()),
            to: NodeName(to.into()),
            command: "inv".into(),
            summary: String::new(),
            size: 61,
            bytes: Vec::new(),
        };
        network.log = vec![entry(9, "peer 0"), entry(8, "gone"), entry(7, "peer 0")];
        assert_eq!(capsules(&network, 7, false).len(), 1);
        assert_eq!(capsules(&network, 9, true).len(), 0);
    }
}
