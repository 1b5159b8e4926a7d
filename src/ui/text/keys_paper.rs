//! The keys page: a key on paper.

use super::Row;

/// Rows of the dialog and its sheet.
pub const ROWS: &[Row] = &[
    ("keys.paper.open", "Put this key on paper", "把这把密钥印在纸上"),
    ("keys.paper.title", "Paper wallet", "纸钱包"),
    ("keys.paper.print", "Print", "打印"),
    ("keys.paper.cancel", "Cancel", "取消"),
    ("keys.paper.confirm", "Show it, I am alone", "显示，旁边没有别人"),
    (
        "keys.paper.wallet_warning",
        "This is a key of your wallet. The sheet shows its private key: whoever sees, photographs or finds the sheet can take all coins of this address. A printer may keep a copy too.",
        "这是你钱包里的密钥。纸上会印出它的私钥：谁看到、拍下或捡到这张纸，谁就能拿走这个地址上所有的币。打印机也可能留有副本。",
    ),
    ("keys.paper.no_key", "These bits are no private key", "这些位不是私钥"),
    ("keys.paper.no_key_why", "Change them first; then there is something to print.", "先改一改，才有东西可印。"),
    ("keys.paper.classroom", "Network: classroom", "网络：课堂"),
    ("keys.paper.regtest", "Network: regtest", "网络：regtest"),
    ("keys.paper.mainnet", "Network: mainnet", "网络：主网"),
    (
        "keys.paper.worthless",
        "For lessons only: coins of this network are worth nothing. Never send real bitcoin here.",
        "仅供上课：这个网络的币没有价值。绝不要往这里转真的比特币。",
    ),
    (
        "keys.paper.real",
        "Never keep real coins with a key that a web page has shown: someone else may have seen it.",
        "绝不要用网页显示过的密钥保管真币：别人可能已经看到它了。",
    ),
    ("keys.paper.address", "Address: to show", "地址：给人看"),
    ("keys.paper.address_why", "Whoever has it can pay you, and nothing else.", "别人有了它只能付款给你，做不了别的。"),
    ("keys.paper.address_qr", "QR code of the address", "地址的二维码"),
    ("keys.paper.secret", "Private key: to hide", "私钥：要藏好"),
    ("keys.paper.secret_why", "Whoever sees it can take the coins.", "谁看到它，谁就能拿走币。"),
    ("keys.paper.secret_qr", "QR code of the private key in wallet import format", "私钥（钱包导入格式）的二维码"),
    ("keys.paper.fold", "fold here", "沿此折叠"),
    (
        "keys.paper.use_fold",
        "Fold along the line so that the private key lies inside, and close it with tape: torn tape tells that someone looked.",
        "沿线折叠，让私钥朝里，再用胶带封好：胶带破了，就说明有人看过。",
    ),
    ("keys.paper.use_receive", "To be paid, show the address or its code.", "收款时，出示地址或它的二维码。"),
    (
        "keys.paper.use_spend",
        "To spend, open it and read the private key into a wallet. Move all coins at once and use no part of this sheet again.",
        "要花的时候，打开它，把私钥读进钱包。一次把币全部转走，这张纸就不要再用了。",
    ),
    (
        "keys.paper.use_keep",
        "Keep it dry and dark. If it is lost, the coins are lost: nobody can make this key again.",
        "放在干燥避光的地方。纸丢了，币也就丢了：没有人能再造出这把密钥。",
    ),
];
