"""What one writes first: OpenCV reads each frame, YuNet finds faces at full size, a Gaussian blurs them, ffmpeg encodes.

python3 bench/python_video_loop.py CLIP OUTPUT YUNET.onnx
"""
import subprocess
import sys

import cv2

clip, output, model = sys.argv[1:]
capture = cv2.VideoCapture(clip)
width, height = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
detector = cv2.FaceDetectorYN.create(model, "", (width, height), 0.6)
encoder = subprocess.Popen(
    ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(capture.get(cv2.CAP_PROP_FPS)),
     "-i", "pipe:0", "-c:v", "libx264", "-crf", "18", "-preset", "medium", "-pix_fmt", "yuv420p", output],
    stdin=subprocess.PIPE)
while True:
    read, frame = capture.read()
    if not read:
        break
    _, faces = detector.detect(frame)
    for x, y, w, h in [] if faces is None else faces[:, :4].astype(int):
        face = frame[max(0, y):y + h, max(0, x):x + w]
        if face.size:
            face[:] = cv2.GaussianBlur(face, (0, 0), max(1, w / 3))
    encoder.stdin.write(frame.tobytes())
encoder.stdin.close()
sys.exit(encoder.wait())
