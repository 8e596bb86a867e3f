// Fills the tutorial's database from a key list: node seed.js KEYS DATABASE
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';

const [keys, file] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.exec(`
  CREATE TABLE licenses (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    plan TEXT NOT NULL,
    status TEXT NOT NULL,
    expires_at TEXT,
    features TEXT NOT NULL,
    max_domains INTEGER,
    domains TEXT NOT NULL,
    max_devices INTEGER,
    validation_count INTEGER NOT NULL DEFAULT 0,
    last_validated_at TEXT
  )`);
const insert = db.prepare(`
  INSERT INTO licenses (id, key, plan, status, expires_at, features, max_domains, domains, max_devices)
  VALUES (?, ?, 'professional', 'active', ?, '["updates","support"]', 3, ?, 3)`);
const expiresAt = new Date(Date.now() + 365 * 24 * 3600 * 1000).toISOString();

db.exec('BEGIN');
let number = 0;
for await (const line of createInterface({ input: createReadStream(keys) })) {
  const [key, domain] = line.split(' ');
  insert.run('lic_' + String(number++).padStart(26, '0'), key, expiresAt, JSON.stringify([domain]));
}
db.exec('COMMIT');
db.close();
console.log(`${number} licenses`);
