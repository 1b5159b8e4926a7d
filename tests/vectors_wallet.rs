//! Other people's data on keys, addresses, words and key trees.
//!
//! Read from `$TABCHAIN_VECTORS` or `../shared/vectors`; skipped loudly without it.

#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;

use serde_json::Value;
use tabchain::keys::nonce::Nonces;
use tabchain::keys::{
    Address, DerivationPath, ExtendedPrivateKey, ExtendedPublicKey, Mnemonic, PrivateKey, base58, sign_ecdsa,
    sign_ecdsa_explained, verify_ecdsa,
};
use tabchain::ledger::{Params, from_hex, sha256, to_hex};
use tabchain::wallet::{Branch, Wallet};

fn vectors(file: &str) -> Option<Value> {
    let folder = std::env::var_os("TABCHAIN_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    let path = folder.join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no {} ($TABCHAIN_VECTORS names the folder)", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("the vectors are JSON"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn array<const N: usize>(hex: &Value) -> [u8; N] {
    from_hex(text(hex)).expect("hexadecimal").try_into().expect("the right length")
}

#[test]
fn base58_of_core_is_written_and_read() {
    let Some(rows) = vectors("bitcoin-core/base58_encode_decode.json") else { return };
    for row in list(&rows) {
        let bytes = from_hex(text(&row[0])).expect("hexadecimal");
        assert_eq!(base58::encode(&bytes), text(&row[1]));
        assert_eq!(base58::decode(text(&row[1])), Ok(bytes));
    }
    assert!(list(&rows).len() >= 14);
}

/// The networks of the rows that we have; testnet and signet share regtest's bytes.
fn params_of(chain: &str) -> Params {
    if chain == "main" { Params::mainnet() } else { Params::regtest() }
}

#[test]
fn addresses_and_private_keys_of_core_are_written_and_read() {
    let Some(rows) = vectors("bitcoin-core/key_io_valid.json") else { return };
    let (mut addresses, mut keys, mut skipped) = (0, 0, 0);
    for row in list(&rows) {
        let (shown, payload) = (text(&row[0]), text(&row[1]));
        let params = params_of(text(&row[2]["chain"]));
        let other = if text(&row[2]["chain"]) == "main" { Params::regtest() } else { Params::mainnet() };
        if row[2]["isPrivkey"] == true {
            let key = PrivateKey::from_wif(shown, &params).expect(shown);
            assert_eq!(to_hex(&key.to_bytes()), payload);
            assert_eq!(Value::Bool(key.is_compressed()), row[2]["isCompressed"]);
            assert_eq!(key.to_wif(&params), shown);
            assert_eq!(PrivateKey::from_wif(shown, &other).expect_err(shown).rule(), "wif-network");
            assert_eq!(Address::parse(shown, &params).expect_err(shown).rule(), "address-kind");
            keys += 1;
        } else if payload.starts_with("76a914") {
            let address = Address::parse(shown, &params).expect(shown);
            assert_eq!(to_hex(address.script_pubkey().as_bytes()), payload);
            assert_eq!(address.to_string(), shown);
            assert_eq!(Address::parse(shown, &other).expect_err(shown).rule(), "address-network");
            addresses += 1;
        } else {
            // Script hashes and segregated witness: understood as what they are, and refused.
            let rule = Address::parse(shown, &params).expect_err(shown).rule();
            assert!(matches!(rule, "address-kind" | "address-network"), "{shown}: {rule}");
            skipped += 1;
        }
    }
    eprintln!("{addresses} addresses and {keys} private keys checked; SKIPPED: {skipped} rows of other kinds");
    assert_eq!((addresses, keys), (11, 16));
}

#[test]
fn what_core_refuses_is_no_address_and_no_private_key() {
    let Some(rows) = vectors("bitcoin-core/key_io_invalid.json") else { return };
    for row in list(&rows) {
        for params in [Params::mainnet(), Params::regtest()] {
            assert!(Address::parse(text(&row[0]), &params).is_err(), "{row}");
            assert!(PrivateKey::from_wif(text(&row[0]), &params).is_err(), "{row}");
        }
    }
    assert_eq!(list(&rows).len(), 70);
}

#[test]
fn nonces_are_those_of_rfc_6979() {
    let Some(rows) = vectors("noble/rfc6979.json") else { return };
    for row in list(&rows) {
        let key: [u8; 32] = array(&row["d"]);
        let hash = sha256(text(&row["message"]).as_bytes());
        let nonces: Vec<String> = Nonces::new(&key, &hash).take(16).map(|nonce| to_hex(&nonce.to_bytes())).collect();
        assert_eq!(nonces[0], text(&row["k0"]));
        assert_eq!(nonces[1], text(&row["k1"]));
        assert_eq!(nonces[15], text(&row["k15"]));
        let key = PrivateKey::from_bytes(&key).expect("in range");
        assert_eq!(to_hex(&sign_ecdsa_explained(&key, &hash).nonce), text(&row["k0"]));
        assert!(verify_ecdsa(&key.public_key(), &hash, &sign_ecdsa(&key, &hash)));
    }
    assert_eq!(list(&rows).len(), 10);
}

#[test]
fn words_of_bip39_give_their_seeds_and_master_keys() {
    let Some(rows) = vectors("python-mnemonic/vectors.json") else { return };
    let rows = list(&rows["english"]);
    for row in rows {
        let entropy = from_hex(text(&row[0])).expect("hexadecimal");
        let mnemonic = Mnemonic::from_entropy(&entropy).expect("a length of BIP-0039");
        assert_eq!(mnemonic.to_phrase(), text(&row[1]));
        assert_eq!(Mnemonic::parse(text(&row[1])).as_ref(), Ok(&mnemonic));
        assert_eq!(mnemonic.to_entropy(), entropy);
        let seed = mnemonic.to_seed("TREZOR");
        assert_eq!(to_hex(&seed), text(&row[2]));
        let master = ExtendedPrivateKey::from_seed(&seed).expect("64 bytes");
        assert_eq!(master.to_text(&Params::mainnet()), text(&row[3]));
    }
    assert_eq!(rows.len(), 24);
}

#[test]
fn key_trees_of_bip32_are_derived() {
    let Some(file) = vectors("derived/bip32_vectors.json") else { return };
    let params = Params::mainnet();
    let mut checked = 0;
    for tree in list(&file["vectors"]) {
        let seed = from_hex(text(&tree["seed"])).expect("hexadecimal");
        let master = ExtendedPrivateKey::from_seed(&seed).expect("a length of BIP-0032");
        let mut parent = master.to_public();
        for row in list(&tree["chains"]) {
            let path: DerivationPath = text(&row["path"]).parse().expect("a path");
            let key = master.derive(&path).expect("exists");
            assert_eq!(key.to_text(&params), text(&row["xprv"]));
            assert_eq!(key.to_public().to_text(&params), text(&row["xpub"]));
            assert_eq!(ExtendedPrivateKey::parse(text(&row["xprv"]), &params), Ok(key.clone()));
            assert_eq!(ExtendedPublicKey::parse(text(&row["xpub"]), &params), Ok(key.to_public()));
            if let Some(number) = path.steps().last().filter(|number| !number.is_hardened()) {
                assert_eq!(parent.child(*number), Ok(key.to_public()));
            }
            parent = key.to_public();
            checked += 1;
        }
    }
    assert_eq!(checked, 17);
}

#[test]
fn what_bip32_calls_invalid_is_refused_with_its_reason() {
    let Some(file) = vectors("derived/bip32_vectors.json") else { return };
    let params = Params::mainnet();
    let rows = list(&file["invalid"]);
    for row in rows {
        let (key, reason) = (text(&row["key"]), text(&row["reason"]));
        let private = ExtendedPrivateKey::parse(key, &params).expect_err(reason).rule();
        let public = ExtendedPublicKey::parse(key, &params).expect_err(reason).rule();
        let expected = match reason {
            "pubkey version / prvkey mismatch" => "key-prefix",
            "prvkey version / pubkey mismatch" => "extended-key-padding",
            reason if reason.starts_with("invalid pubkey prefix") => "key-prefix",
            reason if reason.starts_with("invalid prvkey prefix") => "extended-key-padding",
            "zero depth with non-zero parent fingerprint" => "extended-key-master-fingerprint",
            "zero depth with non-zero index" => "extended-key-master-number",
            "unknown extended key version" => "extended-key-version",
            "private key 0 not in 1..n-1" => "key-zero",
            "private key n not in 1..n-1" => "key-too-large",
            reason if reason.starts_with("invalid pubkey 02") => "key-not-on-curve",
            "invalid checksum" => "base58-checksum",
            other => panic!("a reason not known: {other}"),
        };
        assert!([private, public].contains(&expected), "{reason}: {private}, {public}");
    }
    assert_eq!(rows.len(), 16);
}

#[test]
fn addresses_of_bip44_are_derived() {
    let Some(file) = vectors("derived/bip44_vectors.json") else { return };
    let mnemonic = Mnemonic::parse(text(&file["mnemonic"])).expect("valid");
    let seed = mnemonic.to_seed(text(&file["passphrase"]));
    assert_eq!(to_hex(&seed), text(&file["seed"]));
    let master = ExtendedPrivateKey::from_seed(&seed).expect("64 bytes");
    let mut checked = 0;
    for account in list(&file["accounts"]) {
        let path: DerivationPath = text(&account["path"]).parse().expect("a path");
        let params = if path.steps()[1].index() == 0 { Params::mainnet() } else { Params::regtest() };
        let account_key = master.derive(&path).expect("exists");
        assert_eq!(account_key.to_text(&params), text(&account["xprv"]));
        assert_eq!(account_key.to_public().to_text(&params), text(&account["xpub"]));
        for row in list(&account["addresses"]) {
            let path: DerivationPath = text(&row["path"]).parse().expect("a path");
            let key = master.derive(&path).expect("exists");
            let public = key.to_public();
            assert_eq!(public.public_key().to_string(), text(&row["pubkey"]));
            assert_eq!(key.private_key().to_wif(&params), text(&row["wif"]));
            assert_eq!(Address::from_public_key(public.public_key(), &params).to_string(), text(&row["address"]));
            checked += 1;
        }
    }
    assert_eq!(checked, 40);
}

#[test]
fn a_wallet_hands_out_the_addresses_of_bip44() {
    let Some(file) = vectors("derived/bip44_vectors.json") else { return };
    let mnemonic = Mnemonic::parse(text(&file["mnemonic"])).expect("valid");
    let mut checked = 0;
    for account in list(&file["accounts"]) {
        let params = match text(&account["path"]) {
            "m/44'/0'/0'" => Params::mainnet(),
            "m/44'/1'/0'" => Params::regtest(),
            _ => continue,
        };
        let mut wallet = Wallet::restore(mnemonic.clone(), "", params.into());
        let first = wallet.current_address();
        for row in list(&account["addresses"]) {
            let path: DerivationPath = text(&row["path"]).parse().expect("a path");
            let [_, _, _, branch, index] = path.steps() else { panic!("five steps") };
            let address = match (branch.index(), index.index()) {
                (0, 0) => first,
                (0, _) => wallet.new_address(Branch::Receive),
                _ => wallet.new_address(Branch::Change),
            };
            assert_eq!(address.to_string(), text(&row["address"]), "{path}");
            assert_eq!(wallet.path_of(&address), Some(path));
            let key = wallet.private_key_for(&address).expect("the wallet's");
            assert_eq!(key.to_wif(wallet.params()), text(&row["wif"]));
            checked += 1;
        }
    }
    assert!(checked >= 20, "{checked}");
}
