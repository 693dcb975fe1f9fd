using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

/// <summary>
/// The simplest media there are: a file of bytes is a grey picture of one row, its first byte naming what shall go wrong.
/// </summary>
internal sealed class RawMedia : IMediaFormat
{
    public const byte NotMedia = (byte)'x';
    public const byte BreaksInDecoding = (byte)'d';
    public const byte BreaksInEncoding = (byte)'e';

    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        var bytes = File.ReadAllBytes(item.Path);
        return bytes[0] == NotMedia ? throw new VeilException(VeilErrorCode.NotAPicture, "Expected a picture.") : new Source(bytes);
    }

    public bool Opened(IFrameSource source) => true;

    public IFrameSink Create(IFrameSource source, string target) => new Sink(target);

    private sealed class Source(byte[] bytes) : IFrameSource
    {
        private bool _read;

        public MediaInfo Info { get; } = new("raw", ".raw", bytes.Length, 1, 1);

        public Frame? Read(CancellationToken cancellationToken)
        {
            if (bytes[0] == BreaksInDecoding)
            {
                throw new VeilException(VeilErrorCode.CorruptInput, "Expected a whole picture, but received half of one.");
            }

            if (_read)
            {
                return null;
            }

            _read = true;
            var pixels = new PixelBuffer(bytes.Length, 1, PixelFormat.Gray8);
            bytes.CopyTo(pixels.Row(0));
            return new Frame(pixels, 0, TimeSpan.Zero);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Sink(string target) : IFrameSink
    {
        private Frame? _frame;

        public void Write(Frame frame) => _frame = frame;

        public void Complete(CancellationToken cancellationToken)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target + ".tmp", _frame!.Pixels.Row(0).ToArray());
            if (_frame.Pixels.Row(0)[^1] == BreaksInEncoding)
            {
                throw new VeilException(VeilErrorCode.EncodeFailed, "Expected room on the disk.");
            }

            File.Move(target + ".tmp", target);
        }

        public void Dispose()
        {
            if (File.Exists(target + ".tmp"))
            {
                File.Delete(target + ".tmp");
            }

            _frame?.Dispose();
        }
    }
}
