//! The numbers that tell one network from another. What differs between them is here, never in
//! the code of a rule.
//!
//! A room is a network plus a name hashed into its genesis block and its magic bytes, so that
//! nodes of different rooms never mix. Where the rules are our own they are hashed in too
//! ([`Params::rules`]): nodes of a version with other rules are in another room.

use super::genesis;
use super::network::Network;
use super::{Amount, Block, BlockHash, Target};

/// Most characters of a room's name that count.
pub const MAX_ROOM_CHARS: usize = 32;
/// Counts the changes of the classroom's rules that are in code, not in a number of [`Params`].
const RULES_EDITION: u32 = 2;
/// What [`Params::rules`] said in earlier versions, the last first; none is the version that did
/// not hash its rules. A change of the rules puts the text that was true until then in front.
const EARLIER_RULES: [Option<&str>; 1] = [None];
/// After this many halvings there is no subsidy (Core `GetBlockSubsidy`).
const LAST_HALVING: u32 = 64;

/// From which height on each later rule holds; `None` is never.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Activations {
    /// The script behind a script hash is run (BIP-0016).
    pub bip16: Option<u32>,
    /// The coinbase begins with its height, blocks of version 1 end (BIP-0034).
    pub bip34: Option<u32>,
    /// Lock times on the stack, `OP_CHECKLOCKTIMEVERIFY` (BIP-0065).
    pub bip65: Option<u32>,
    /// Strict DER signatures (BIP-0066).
    pub bip66: Option<u32>,
    /// Relative lock times and median time past as the clock (BIP-0068, 0112, 0113).
    pub csv: Option<u32>,
    /// Segregated witness (BIP-0141, 0143, 0147).
    pub segwit: Option<u32>,
}

impl Activations {
    /// Whether a rule of this activation height holds at `height`.
    pub fn holds(activation: Option<u32>, height: u32) -> bool {
        activation.is_some_and(|from| height >= from)
    }
}

/// A network's numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Params {
    /// The kind of network.
    pub network: Network,
    /// The room's name, at most [`MAX_ROOM_CHARS`] characters; empty is the public room.
    pub room: String,
    /// The first bytes of every message.
    pub magic: [u8; 4],
    /// First byte of a pay-to-public-key-hash address.
    pub p2pkh_version: u8,
    /// First byte of a private key's text form.
    pub wif_version: u8,
    /// BIP-0044's coin type: 0 for mainnet, 1 elsewhere.
    pub coin_type: u32,
    /// First bytes of an extended private key (BIP-0032).
    pub xprv_version: [u8; 4],
    /// First bytes of an extended public key (BIP-0032).
    pub xpub_version: [u8; 4],
    /// The block that is given, not found: a room's genesis is exempt from proof of work, as its
    /// bytes are known to all. Its coinbase is never spendable (as in Core).
    pub genesis: Block,
    /// Seconds that should pass between blocks.
    pub spacing_secs: u32,
    /// Blocks between two retargets; none where difficulty stays.
    pub retarget_interval: Option<u32>,
    /// After so many spacings without a block, one of minimum difficulty is allowed (testnet's
    /// rule); none where it never is.
    pub min_difficulty_after_spacings: Option<u32>,
    /// BIP-0094's remedy for that rule (Core `enforce_BIP94`): a retarget is in proportion to the
    /// bits of the period's first block, which is never such an easy one, not of its last, which
    /// may be. Of BIP-0094 this is the part on difficulty.
    pub enforce_bip94: bool,
    /// Height of the first block whose time counts: 0 in Bitcoin, where somebody found genesis
    /// when it says; 1 where genesis is given and dated long before the first block is found.
    pub first_timed_height: u32,
    /// Compact target of the first blocks.
    pub first_bits: u32,
    /// Compact form of the easiest target allowed.
    pub limit_bits: u32,
    /// The easiest target allowed: what `limit_bits` stands for.
    pub limit: Target,
    /// Subsidy of the first blocks.
    pub first_subsidy: Amount,
    /// Blocks after which the subsidy halves.
    pub halving_interval: u32,
    /// Blocks after its own at which a coinbase's coin may be spent.
    pub coinbase_maturity: u32,
    /// Most weight units of a block: four per byte without witnesses.
    pub max_block_weight: usize,
    /// From which height the coinbase begins with its height (BIP-0034); the same number as in
    /// [`Activations`], for who builds blocks.
    pub bip34_height: u32,
    /// From which heights the later rules hold.
    pub activations: Activations,
    /// The two blocks of mainnet that were allowed to repeat a coinbase (BIP-0030).
    pub bip30_exceptions: Vec<(u32, BlockHash)>,
}

impl Params {
    /// A lesson's network; `room` as in [`Params::new`].
    pub fn classroom(room: &str) -> Self {
        let room = normal_room(room);
        let first_bits = 0x1e03_ffff;
        let no_id = [0; 32];
        let params = Self {
            // Both come from the numbers below.
            magic: genesis::room_magic(&no_id),
            genesis: genesis::of_room(Network::Classroom, &room, &no_id, first_bits),
            network: Network::Classroom,
            room,
            p2pkh_version: 0x6f,
            wif_version: 0xef,
            coin_type: 1,
            xprv_version: [0x04, 0x35, 0x83, 0x94],
            xpub_version: [0x04, 0x35, 0x87, 0xcf],
            spacing_secs: 15,
            retarget_interval: Some(10),
            min_difficulty_after_spacings: Some(20),
            enforce_bip94: true,
            first_timed_height: 1,
            first_bits,
            limit_bits: 0x1f00_ffff,
            limit: known_target(0x1f00_ffff),
            first_subsidy: Amount::from_coins(50),
            halving_interval: 150,
            coinbase_maturity: 3,
            max_block_weight: 400_000,
            bip34_height: 1,
            activations: Activations { segwit: None, ..from_the_start() },
            bip30_exceptions: Vec::new(),
        };
        let rules = params.rules();
        params.with_rules(Some(&rules))
    }

    /// Bitcoin Core's regtest, byte for byte.
    pub fn regtest() -> Self {
        Self {
            network: Network::Regtest,
            room: String::new(),
            magic: [0xfa, 0xbf, 0xb5, 0xda],
            p2pkh_version: 0x6f,
            wif_version: 0xef,
            coin_type: 1,
            xprv_version: [0x04, 0x35, 0x83, 0x94],
            xpub_version: [0x04, 0x35, 0x87, 0xcf],
            genesis: genesis::satoshi(1_296_688_602, 0x207f_ffff, 2),
            spacing_secs: 600,
            retarget_interval: None,
            // Core allows it and it changes nothing: the first target is the easiest.
            min_difficulty_after_spacings: Some(2),
            enforce_bip94: false,
            first_timed_height: 0,
            first_bits: 0x207f_ffff,
            limit_bits: 0x207f_ffff,
            limit: known_target(0x207f_ffff),
            first_subsidy: Amount::from_coins(50),
            halving_interval: 150,
            coinbase_maturity: 100,
            max_block_weight: 4_000_000,
            bip34_height: 1,
            activations: from_the_start(),
            bip30_exceptions: Vec::new(),
        }
    }

    /// Bitcoin's main network.
    pub fn mainnet() -> Self {
        Self {
            network: Network::Mainnet,
            room: String::new(),
            magic: [0xf9, 0xbe, 0xb4, 0xd9],
            p2pkh_version: 0x00,
            wif_version: 0x80,
            coin_type: 0,
            xprv_version: [0x04, 0x88, 0xad, 0xe4],
            xpub_version: [0x04, 0x88, 0xb2, 0x1e],
            genesis: genesis::satoshi(1_231_006_505, 0x1d00_ffff, 2_083_236_893),
            spacing_secs: 600,
            retarget_interval: Some(2016),
            min_difficulty_after_spacings: None,
            enforce_bip94: false,
            first_timed_height: 0,
            first_bits: 0x1d00_ffff,
            limit_bits: 0x1d00_ffff,
            limit: known_target(0x1d00_ffff),
            first_subsidy: Amount::from_coins(50),
            halving_interval: 210_000,
            coinbase_maturity: 100,
            max_block_weight: 4_000_000,
            bip34_height: 227_931,
            activations: Activations {
                bip16: Some(173_805),
                bip34: Some(227_931),
                bip65: Some(388_381),
                bip66: Some(363_725),
                csv: Some(419_328),
                segwit: Some(481_824),
            },
            bip30_exceptions: genesis::bip30_exceptions(),
        }
    }

    /// The numbers of `network` in the room of this name; an empty name is the public room.
    ///
    /// Of a name, surrounding spaces and what is past [`MAX_ROOM_CHARS`] characters do not count.
    /// Mainnet has one room.
    pub fn new(network: Network, room: &str) -> Self {
        let room = normal_room(room);
        match network {
            Network::Classroom => Self::classroom(&room),
            Network::Mainnet => Self::mainnet(),
            Network::Regtest if room.is_empty() => Self::regtest(),
            Network::Regtest => Self { room, ..Self::regtest() }.with_rules(None),
        }
    }

    /// The room's own genesis and magic, with these rules hashed in.
    fn with_rules(self, rules: Option<&str>) -> Self {
        let id = genesis::room_id(self.network, &self.room, rules);
        Self {
            magic: genesis::room_magic(&id),
            genesis: genesis::of_room(self.network, &self.room, &id, self.first_bits),
            ..self
        }
    }

    /// All that decides which blocks are valid, one a line: what is hashed into a classroom's
    /// genesis. Two versions that say the same here agree on every block.
    pub fn rules(&self) -> String {
        // Field by field: a new one is to be named here, or passed over on purpose.
        let Self {
            network: _,
            room: _,
            magic: _,
            p2pkh_version: _,
            wif_version: _,
            coin_type: _,
            xprv_version: _,
            xpub_version: _,
            genesis: _,
            spacing_secs,
            retarget_interval,
            min_difficulty_after_spacings,
            enforce_bip94,
            first_timed_height,
            first_bits,
            limit_bits,
            limit: _,
            first_subsidy,
            halving_interval,
            coinbase_maturity,
            max_block_weight,
            bip34_height,
            activations: Activations { bip16, bip34, bip65, bip66, csv, segwit },
            bip30_exceptions: _,
        } = self;
        let height = |height: &Option<u32>| height.map_or_else(|| "never".to_owned(), |height| height.to_string());
        [
            ("edition", RULES_EDITION.to_string()),
            ("spacing_secs", spacing_secs.to_string()),
            ("retarget_interval", height(retarget_interval)),
            ("min_difficulty_after_spacings", height(min_difficulty_after_spacings)),
            ("enforce_bip94", enforce_bip94.to_string()),
            ("first_timed_height", first_timed_height.to_string()),
            ("first_bits", format!("{first_bits:08x}")),
            ("limit_bits", format!("{limit_bits:08x}")),
            ("first_subsidy", first_subsidy.to_sat().to_string()),
            ("halving_interval", halving_interval.to_string()),
            ("coinbase_maturity", coinbase_maturity.to_string()),
            ("max_block_weight", max_block_weight.to_string()),
            ("bip34_height", bip34_height.to_string()),
            ("bip16", height(bip16)),
            ("bip34", height(bip34)),
            ("bip65", height(bip65)),
            ("bip66", height(bip66)),
            ("csv", height(csv)),
            ("segwit", height(segwit)),
        ]
        .into_iter()
        .map(|(name, value)| format!("{name} {value}\n"))
        .collect()
    }

    /// The first blocks of the chains that earlier versions, with other rules, had in this room,
    /// the last version first.
    pub fn earlier_genesis_hashes(&self) -> Vec<BlockHash> {
        // Who does not hash its rules has Bitcoin's, which are not ours to change.
        if self.genesis_hash() != self.clone().with_rules(Some(&self.rules())).genesis_hash() {
            return Vec::new();
        }
        EARLIER_RULES.iter().map(|rules| self.clone().with_rules(*rules).genesis_hash()).collect()
    }

    /// New coins that the block at `height` may make (Core `GetBlockSubsidy`).
    pub fn subsidy(&self, height: u32) -> Amount {
        match height.checked_div(self.halving_interval) {
            Some(halvings) if halvings < LAST_HALVING => Amount::from_sat(self.first_subsidy.to_sat() >> halvings),
            _ => Amount::ZERO,
        }
    }

    /// All coins that blocks up to and with `height` may have made, genesis not counted, as its
    /// coinbase cannot be spent.
    pub fn subsidies_until(&self, height: u32) -> Amount {
        let interval = u64::from(self.halving_interval);
        let mut total = 0;
        let mut from = 1;
        while from <= u64::from(height) {
            let era_end = (from / interval + 1) * interval - 1;
            let until = era_end.min(u64::from(height));
            let each = self.subsidy(u32::try_from(from).unwrap_or(u32::MAX)).to_sat();
            if each == 0 {
                break;
            }
            total += each * (until - from + 1);
            from = until + 1;
        }
        Amount::from_sat(total)
    }

    /// The name of the first block.
    pub fn genesis_hash(&self) -> BlockHash {
        self.genesis.block_hash()
    }

    /// Seconds that a retarget period should take; none where there is no retarget.
    pub fn retarget_timespan_secs(&self) -> Option<u32> {
        self.retarget_interval.map(|interval| interval * self.spacing_secs)
    }

    /// Seconds without a block after which one of minimum difficulty is allowed.
    pub fn min_difficulty_after_secs(&self) -> Option<u32> {
        self.min_difficulty_after_spacings.map(|spacings| spacings * self.spacing_secs)
    }
}

fn from_the_start() -> Activations {
    Activations { bip16: Some(0), bip34: Some(1), bip65: Some(1), bip66: Some(1), csv: Some(1), segwit: Some(0) }
}

fn known_target(bits: u32) -> Target {
    Target::from_bits(bits).expect("the bits written here are a target; a test says so")
}

fn normal_room(room: &str) -> String {
    room.trim().chars().take(MAX_ROOM_CHARS).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_genesis_blocks_have_the_known_hashes() {
        assert_eq!(
            Params::regtest().genesis_hash().to_string(),
            "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"
        );
        assert_eq!(
            Params::mainnet().genesis_hash().to_string(),
            "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
        );
    }

    #[test]
    fn rooms_differ_in_genesis_and_magic() {
        let rooms = ["", "a", "b", "教室", "A"].map(|room| Params::new(Network::Classroom, room));
        let regtest = [Params::regtest(), Params::new(Network::Regtest, "a")];
        let all: Vec<&Params> = rooms.iter().chain(&regtest).collect();
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                assert_ne!(one.genesis_hash(), other.genesis_hash());
                assert_ne!(one.magic, other.magic);
            }
        }
        assert_eq!(Params::new(Network::Regtest, ""), Params::regtest());
        assert_eq!(Params::classroom(" a "), Params::classroom("a"));
    }

    /// Computed by another program from the text of the rules. If this changes, a class that goes
    /// on with the new version starts a new chain: put the old text into [`EARLIER_RULES`].
    #[test]
    fn the_classroom_s_rules_are_hashed_into_its_genesis() {
        for (room, hash, magic, before) in [
            (
                "",
                "053dfd5e1d9345ab90a03375a8d04be20c69e2b1128f3e337ac244784ee971de",
                [0xd0, 0xdf, 0x83, 0x1c],
                "41fc2dc22ee494479a24bf77f6f8dfcf45778e9ac315001611496991dd0b42fa",
            ),
            (
                "a",
                "c077f006a72b5c1a9764d74ff4a2ccb853ecd73c50e97df8b78884e82fbc1a63",
                [0xf3, 0xcf, 0xc6, 0xa8],
                "cd75c02ee0e5ae51b28a49ed8c36fa7cf3f366127081022aa35f0b0e162c7b23",
            ),
        ] {
            let params = Params::classroom(room);
            assert_eq!((params.genesis_hash().to_string().as_str(), params.magic), (hash, magic), "{}", params.rules());
            let earlier: Vec<String> = params.earlier_genesis_hashes().iter().map(ToString::to_string).collect();
            assert_eq!(earlier, [before]);
        }
    }

    #[test]
    fn rooms_with_bitcoin_s_own_rules_keep_their_genesis() {
        let room = Params::new(Network::Regtest, "a");
        assert_eq!(room.genesis_hash().to_string(), "c21393fbd34d65d8111ba2619f6a95a90324b4b993de4d580a15870d48f3bcaf");
        assert_eq!(room.magic, [0xac, 0xee, 0xc6, 0xc7]);
        for params in [room, Params::regtest(), Params::mainnet()] {
            assert_eq!(params.earlier_genesis_hashes(), []);
        }
    }

    #[test]
    fn a_room_with_one_number_changed_is_another_room() {
        let params = Params::classroom("");
        let changed = Params { coinbase_maturity: 4, ..params.clone() };
        assert_ne!(changed.rules(), params.rules());
        let changed = changed.clone().with_rules(Some(&changed.rules()));
        assert_ne!(changed.genesis_hash(), params.genesis_hash());
        assert_ne!(changed.magic, params.magic);
    }

    #[test]
    fn a_room_of_any_name_has_a_genesis_that_keeps_the_rules_of_form() {
        for room in [String::new(), "x".repeat(1000), "𝕏".repeat(32), "\u{0}\n<b>".to_owned()] {
            let params = Params::classroom(&room);
            assert!(params.room.chars().count() <= MAX_ROOM_CHARS);
            let coinbase = &params.genesis.transactions[0];
            assert!((2..=100).contains(&coinbase.inputs[0].script_sig.as_bytes().len()));
            assert_eq!(params.genesis.header.bits, params.first_bits);
        }
    }

    #[test]
    fn the_subsidy_halves_until_nothing_is_left() {
        let mainnet = Params::mainnet();
        assert_eq!(mainnet.subsidy(0), Amount::from_coins(50));
        assert_eq!(mainnet.subsidy(209_999), Amount::from_coins(50));
        assert_eq!(mainnet.subsidy(210_000), Amount::from_coins(25));
        assert_eq!(mainnet.subsidy(2_100_000), Amount::from_sat(4_882_812));
        assert_eq!(mainnet.subsidy(6_929_999), Amount::from_sat(1));
        assert_eq!(mainnet.subsidy(6_930_000), Amount::ZERO);
        assert_eq!(mainnet.subsidy(u32::MAX), Amount::ZERO);
        let all = mainnet.subsidies_until(u32::MAX).to_sat() + mainnet.subsidy(0).to_sat();
        assert_eq!(all, 2_099_999_997_690_000);
        assert_eq!(Params::classroom("").subsidies_until(149), Amount::from_coins(149 * 50));
        assert_eq!(Params::classroom("").subsidies_until(151), Amount::from_coins(149 * 50 + 2 * 25));
    }

    #[test]
    fn a_network_is_written_as_it_is_read() {
        for network in [Network::Classroom, Network::Regtest, Network::Mainnet] {
            assert_eq!(network.to_string().parse(), Ok(network));
            assert_eq!(serde_json::to_string(&network).expect("a name"), format!("\"{network}\""));
        }
        assert!("testnet".parse::<Network>().is_err());
    }
}
