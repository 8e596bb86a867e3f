// The license endpoint as articles on this subject build it: Hono on Node, better-sqlite3, one SELECT and one
// UPDATE per validation. It is written with care, so that it is a fair peer: prepared statements, WAL.
import { serve } from '@hono/node-server';
import Database from 'better-sqlite3';
import { Hono } from 'hono';

const file = process.argv[2] ?? 'licenses.db';
const port = Number(process.argv[3] ?? 3000);

const db = new Database(file);
db.pragma('journal_mode = WAL');
// `synchronous` stays as better-sqlite3 builds it: NORMAL in WAL mode, so a commit does not wait for the disk.

const findByKey = db.prepare('SELECT * FROM licenses WHERE key = ?');
const countValidation = db.prepare(
  'UPDATE licenses SET validation_count = validation_count + 1, last_validated_at = ? WHERE id = ?',
);
const saveDomains = db.prepare('UPDATE licenses SET domains = ? WHERE id = ?');

const app = new Hono();

app.post('/api/v1/validate', async (c) => {
  const { key, domain, nonce } = await c.req.json();
  if (typeof key !== 'string') {
    return c.json({ valid: false, error: 'INVALID_REQUEST', message: 'key is required' }, 400);
  }
  const license = findByKey.get(key);
  if (!license) {
    return c.json(refusal('LICENSE_NOT_FOUND', 'No such license.'), 404);
  }
  const now = new Date().toISOString();
  const domains = JSON.parse(license.domains);
  if (license.status !== 'active') {
    return c.json(refusal('LICENSE_' + license.status.toUpperCase(), 'The license is not active.'));
  }
  if (license.expires_at !== null && license.expires_at <= now) {
    return c.json(refusal('LICENSE_EXPIRED', 'The license has expired.'));
  }
  if (domain && !domains.includes(domain)) {
    if (license.max_domains !== null && domains.length >= license.max_domains) {
      return c.json(refusal('DOMAIN_LIMIT_REACHED', 'Every domain of this license is taken.'));
    }
    domains.push(domain);
    saveDomains.run(JSON.stringify(domains), license.id);
  }
  countValidation.run(now, license.id);
  return c.json({
    valid: true,
    license: {
      id: license.id,
      plan: license.plan,
      status: license.status,
      expiresAt: license.expires_at,
      features: JSON.parse(license.features),
      maxDomains: license.max_domains,
      domainsUsed: domains.length,
      maxDevices: license.max_devices,
      devicesUsed: 0,
    },
    domain,
    nonce,
    checked_at: now,
  });
});

function refusal(error, message) {
  return { valid: false, error, message };
}

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
  console.log(`Tutorial is ready at http://127.0.0.1:${address.port}`);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    db.close();
    process.exit(0);
  });
}
