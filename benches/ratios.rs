//! `make bench`: how fast Tabchain's own code is, as ratios to named peers measured in the same run.
//!
//! Ratios, because they mean the same on every machine: 1.00 is as fast as the peer, 2.00 twice as fast.

// On wasm32 the browser's own tests measure; the peers are not built there.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("{:<34} {:>14} {:>14}  {:>6}", "what, a second", "tabchain", "peer", "ratio");
    native::header_search();
    native::block_decoding();
    native::signature_check();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::hint::black_box;
    use std::time::{Duration, Instant};

    use bitcoin::consensus::deserialize;
    use bitcoin::secp256k1::{Message, Secp256k1, SecretKey, ecdsa};
    use sha2::{Digest, Sha256};
    use tabchain::ledger::script::signature;
    use tabchain::ledger::{Block, Encodable, Header, Params, Script, Transaction, TxIn, decode_exact};
    use tabchain::miner::{Job, search_portable};

    /// How long each side is measured.
    const MEASURE: Duration = Duration::from_millis(1500);

    /// The miner's portable kernel, which keeps the midstate, against hashing all 80 bytes twice by `sha2`.
    pub fn header_search() {
        const NONCES: u32 = 20_000;
        let header = [0x5a; Header::SIZE];
        let job = Job { id: 0, header, target: [0; 32], first_nonce: 0, count: NONCES, rest_ms: 0 };
        let ours = rate(u64::from(NONCES), || {
            black_box(search_portable(black_box(&job)));
        });
        let peer = rate(u64::from(NONCES), || {
            let mut header = black_box(header);
            for nonce in 0..NONCES {
                header[76..].copy_from_slice(&nonce.to_le_bytes());
                black_box(Sha256::digest(Sha256::digest(header)));
            }
        });
        tell("headers hashed (peer: sha2)", ours, peer);
    }

    /// A block of a thousand payments, from bytes.
    pub fn block_decoding() {
        let mut block: Block = Params::regtest().genesis.clone();
        let coinbase = block.transactions[0].clone();
        block.transactions.extend((0..1000).map(|index| payment_like(&coinbase, index)));
        let bytes = block.to_bytes();
        let ours = rate(1, || {
            black_box(decode_exact::<Block>(black_box(&bytes)).expect("our own bytes"));
        });
        let peer = rate(1, || {
            black_box(deserialize::<bitcoin::Block>(black_box(&bytes)).expect("the same format"));
        });
        tell("blocks decoded (peer: bitcoin)", ours, peer);
    }

    /// An ECDSA verification as script does it, against libsecp256k1 in C.
    pub fn signature_check() {
        let secp = Secp256k1::new();
        let key = SecretKey::from_slice(&[0x21; 32]).expect("below the curve's order");
        let hash = [0x42; 32];
        let message = Message::from_digest(hash);
        let der = secp.sign_ecdsa(&message, &key).serialize_der();
        let public = key.public_key(&secp).serialize();
        assert!(signature::verify(&public, &der, &hash), "a signature by the peer is one for us");
        let ours = rate(1, || {
            black_box(signature::verify(black_box(&public), &der, &hash));
        });
        let peer = rate(1, || {
            let public = bitcoin::secp256k1::PublicKey::from_slice(black_box(&public)).expect("a key");
            let signature = ecdsa::Signature::from_der(&der).expect("a signature");
            black_box(secp.verify_ecdsa(&message, &signature, &public).is_ok());
        });
        tell("signatures checked (peer: libsecp)", ours, peer);
    }

    /// A transaction of a payment's size: 107 bytes of script_sig, two outputs.
    fn payment_like(coinbase: &Transaction, index: u32) -> Transaction {
        let input = TxIn { script_sig: Script::from_bytes(vec![0x51; 107]), ..coinbase.inputs[0].clone() };
        let mut output = coinbase.outputs[0].clone();
        output.script_pubkey = Script::from_bytes(vec![0x52; 25]);
        Transaction { lock_time: index, inputs: vec![input], outputs: vec![output.clone(), output], ..coinbase.clone() }
    }

    /// How many things a second, where each run does `things`.
    fn rate(things: u64, mut run: impl FnMut()) -> f64 {
        run();
        let started = Instant::now();
        let mut runs = 0;
        while started.elapsed() < MEASURE {
            run();
            runs += 1;
        }
        (runs * things) as f64 / started.elapsed().as_secs_f64()
    }

    fn tell(what: &str, ours: f64, peer: f64) {
        println!("{what:<34} {ours:>14.0} {peer:>14.0}  {:>6.2}", ours / peer);
    }
}
