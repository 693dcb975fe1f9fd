"""End-to-end latency of `veil live`, measured outside of it: frames carry their number in a row of black and white blocks,
from an encoder that sends them to a decoder that shows them; between them nothing, ffmpeg decoding and encoding, or Veil.
  live_latency.py CLIP [--seconds 30] [--rate 25] [--latency 300] [--json]"""
import argparse, json, os, signal, subprocess, threading, time
import cv2
import numpy

WIDTH, HEIGHT, BITS, BLOCK = 1280, 720, 16, 32
# By itself, ffmpeg looks at a stream for up to seven seconds before it shows anything.
AT_ONCE = ["-analyzeduration", "1000000", "-fpsprobesize", "0", "-flags", "low_delay"]
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def stamp(frame, number):
    for bit in range(BITS):
        frame[0:BLOCK, bit * BLOCK:(bit + 1) * BLOCK] = 235 if number >> bit & 1 else 16


def read(grey):
    """The number, or None for a frame that is covered whole."""
    blocks = [int(numpy.mean(grey[8:BLOCK - 8, bit * BLOCK + 8:(bit + 1) * BLOCK - 8])) for bit in range(BITS)]
    if any(60 < value < 195 for value in blocks):
        return None
    return sum((value > 127) << bit for bit, value in enumerate(blocks))


def pictures(clip):
    capture, frames = cv2.VideoCapture(clip), []
    while len(frames) < 50:
        ok, frame = capture.read()
        if not ok:
            break
        frames.append(cv2.resize(frame, (WIDTH, HEIGHT)))
    return frames + frames[::-1]


def send(frames, port, seconds, rate, sent):
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-video_size", f"{WIDTH}x{HEIGHT}", "-framerate", str(rate), "-i", "pipe:0",
         "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", str(rate), "-pix_fmt", "yuv420p",
         "-f", "mpegts", "-flush_packets", "1", "-muxdelay", "0", "-muxpreload", "0", f"udp://127.0.0.1:{port}?pkt_size=1316"], stdin=subprocess.PIPE)
    start = time.monotonic()
    for number in range(1, seconds * rate):
        frame = frames[number % len(frames)].copy()
        stamp(frame, number)
        wait = start + number / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        sent[number] = time.monotonic()
        encoder.stdin.write(frame.tobytes())
        encoder.stdin.flush()
    encoder.stdin.close()
    encoder.wait()


def receive(port, seen, whole):
    decoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-nostdin", *AT_ONCE, "-i", f"udp://127.0.0.1:{port}?fifo_size=200000&overrun_nonfatal=1",
         "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough", "pipe:1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    def run():
        while len(data := decoder.stdout.read(WIDTH * HEIGHT)) == WIDTH * HEIGHT:
            now = time.monotonic()
            number = read(numpy.frombuffer(data, numpy.uint8).reshape(HEIGHT, WIDTH))
            if number is None:
                whole.append(now)
            else:
                seen.setdefault(number, now)
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return decoder, thread


def await_listener(port):
    """Waits, a minute at most, until somebody takes what is sent to a port."""
    for _ in range(600):
        if any(line.split()[1].endswith(f":{port:04X}") for line in open("/proc/net/udp").readlines()[1:]):
            return
        time.sleep(0.1)
    raise SystemExit(f"live: nobody listens at port {port}")


def measure(frames, options, port, through):
    sent, seen, whole = {}, {}, []
    target = port if through == "nothing" else port + 1
    decoder, thread = receive(target, seen, whole)
    between = None
    if through == "ffmpeg":
        between = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-nostdin", *AT_ONCE, "-i", f"udp://127.0.0.1:{port}?fifo_size=200000&overrun_nonfatal=1", "-fps_mode", "vfr", "-enc_time_base", "1:1000",
             "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-g", str(2 * options.rate), "-pix_fmt", "yuv420p",
             "-f", "mpegts", "-muxdelay", "0", "-muxpreload", "0", "-flush_packets", "1", f"udp://127.0.0.1:{target}?pkt_size=1316"], start_new_session=True)
    if through == "veil":
        log = open(options.log, "w")
        between = subprocess.Popen([os.path.join(ROOT, "veil"), "live", f"udp://127.0.0.1:{port}?fifo_size=200000&overrun_nonfatal=1", f"udp://127.0.0.1:{target}",
                                 "--latency", str(options.latency)] + options.arguments, stderr=log, start_new_session=True)
    await_listener(port)
    send(frames, port, options.seconds, options.rate, sent)
    time.sleep(1)
    if between:
        os.killpg(between.pid, signal.SIGINT)
        try:
            between.wait(10)
        except subprocess.TimeoutExpired:
            # ffmpeg does not leave a read of a stream that has fallen silent.
            os.killpg(between.pid, signal.SIGKILL)
    decoder.kill()
    thread.join(5)
    # Everything is starting until the first picture is shown, and a moment longer: how long that takes is told apart.
    if not seen:
        raise SystemExit(f"live: no picture came through {through}")
    first = min(min(seen) + options.rate, max(sent))
    counted = [number for number in sent if number >= first]
    delays = sorted(1000 * (seen[number] - sent[number]) for number in counted if number in seen)
    late = [at for at in whole if at >= sent[first]]
    at = lambda share: round(delays[min(len(delays) - 1, int(share * len(delays)))]) if delays else None
    return {"through": through, "firstAfterMs": round(1000 * (min(seen.values()) - min(sent.values()))), "sent": len(counted), "shown": len(delays),
            "coveredWhole": len(late),
            "missing": len(counted) - len(delays) - len(late), "p50": at(0.5), "p99": at(0.99)}


parser = argparse.ArgumentParser()
parser.add_argument("clip")
parser.add_argument("--seconds", type=int, default=30)
parser.add_argument("--rate", type=int, default=25)
parser.add_argument("--latency", type=int, default=300)
parser.add_argument("--port", type=int, default=5810)
parser.add_argument("--log", default="/dev/null")
parser.add_argument("--json", action="store_true")
options, options.arguments = parser.parse_known_args()
source = pictures(options.clip)
for index, through in enumerate(("nothing", "ffmpeg", "veil")):
    result = measure(source, options, options.port + (10 * index), through)
    if options.json:
        print(json.dumps(result), flush=True)
    else:
        print(f"through {result['through']:8}: first after {result['firstAfterMs']} ms; of the rest {result['sent']} frames sent, {result['shown']} shown, {result['coveredWhole']} covered whole, "
              f"{result['missing']} missing; latency p50 {result['p50']} ms, p99 {result['p99']} ms", flush=True)
