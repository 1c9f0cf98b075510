"""base64, hex, hashes, HMAC, CRC, struct and zlib on fixed input: the tools of protocols and file formats."""
import base64
import binascii
import hashlib
import hmac
import json
import struct
import zlib


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def b64url_decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sign(claims, secret):
    """A compact JWT with HS256."""
    parts = [json.dumps(part, separators=(",", ":")).encode() for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = ".".join(map(b64url, parts))
    return f"{signed}.{b64url(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def verify(token, secret):
    signed, _, signature = token.rpartition(".")
    expected = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(expected, b64url_decode(signature)):
        raise ValueError("bad signature")
    return json.loads(b64url_decode(signed.split(".")[1]))


text = "Cordon runs code — safely.".encode()
print("base64 ", base64.b64encode(text).decode())
print("base32 ", base64.b32encode(text[:10]).decode())
print("base85 ", base64.b85encode(text[:10]).decode())
print("hex    ", text[:10].hex(":"))
for name in ("md5", "sha1", "sha256", "sha3_256", "blake2b"):
    digest = hashlib.new(name, text).hexdigest()
    print(f"{name:<8} {digest[:40]}{'…' if len(digest) > 40 else ''}")
print("crc32  ", f"{zlib.crc32(text):08x}", "| adler32", f"{zlib.adler32(text):08x}")

incremental = hashlib.sha256()
for byte in text:
    incremental.update(bytes([byte]))
print("incremental equals whole:", incremental.digest() == hashlib.sha256(text).digest())

token = sign({"sub": "user-7", "admin": False}, b"secret")
print("token  ", token)  # which the service redacts
print("claims ", verify(token, b"secret"))
for broken in (token[:-2] + "AA", token.replace(".", ".x", 1)):
    try:
        verify(broken, b"secret")
    except ValueError as error:
        print("refused", error)

header = struct.pack("!4sHHIq", b"CRDN", 1, 513, 70_000, -2)
print("packed ", header.hex(), struct.calcsize("!4sHHIq"))
print("parsed ", struct.unpack("!4sHHIq", header))
print("floats ", struct.pack("<d", 1.5).hex(), struct.unpack(">f", bytes.fromhex("40490fdb"))[0])

repetitive = b"ABC" * 1000
packed = zlib.compress(repetitive, 9)
print("zlib   ", len(packed) < 50, zlib.decompress(packed) == repetitive)
try:
    base64.b64decode("not base64!", validate=True)
except binascii.Error:
    print("invalid base64 is noticed")
