namespace Veil.Imaging.WebP;

/// <summary>Finds the coarsest quantiser of a VP8 key frame and the libwebp quality that leads to it.</summary>
internal static class Vp8Quantiser
{
    /// <summary>The quality, 1..100; null when the frame's header cannot be read.</summary>
    /// <param name="frame">A key frame from its frame tag on.</param>
    public static int? Quality(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 12 || (frame[0] & 1) != 0 || frame is not [_, _, _, 0x9D, 0x01, 0x2A, ..])
        {
            return null;
        }

        var bits = new BoolDecoder(frame[10..]);
        bits.Read(2);
        Span<int> segments = [0, 0, 0, 0];
        var (segmented, absolute) = (bits.Read(1) == 1, false);
        if (segmented)
        {
            var updatesMap = bits.Read(1) == 1;
            if (bits.Read(1) == 1)
            {
                absolute = bits.Read(1) == 1;
                foreach (ref var quantiser in segments)
                {
                    quantiser = bits.ReadOptionalSigned(7);
                }

                for (var i = 0; i < 4; i++)
                {
                    bits.ReadOptionalSigned(6);
                }
            }

            for (var i = 0; updatesMap && i < 3; i++)
            {
                if (bits.Read(1) == 1)
                {
                    bits.Read(8);
                }
            }
        }

        bits.Read(1 + 6 + 3);
        if (bits.Read(1) == 1 && bits.Read(1) == 1)
        {
            for (var i = 0; i < 8; i++)
            {
                bits.ReadOptionalSigned(6);
            }
        }

        bits.Read(2);
        var index = bits.Read(7);
        var coarsest = index;
        if (segmented)
        {
            coarsest = 0;
            foreach (var segment in segments)
            {
                coarsest = Math.Max(coarsest, absolute ? segment : index + segment);
            }
        }

        // Inverse of libwebp's quant_enc.c: index = 127 (1 − root), root = linear^(exponent/3), linear = 2c/3 below a quality
        // of 75 %, 2c − 1 above. The exponent is 1, but 1 + 0.9 · 0.5 · 127/128 for the coarsest segment at the usual
        // strength of spatial noise shaping.
        const double coarsestSegment = 1 + (0.9 * 0.5 * 127 / 128);
        var root = Math.Pow(1 - (Math.Clamp(coarsest, 0, 127) / 127.0), segmented ? 1 / coarsestSegment : 1);
        var linear = root * root * root;
        var quality = linear < 0.5 ? linear * 1.5 : (linear + 1) / 2;
        return Math.Clamp((int)Math.Ceiling(quality * 100), 1, 100);
    }

    /// <summary>The arithmetic decoder of RFC 6386, section 7, every bit at even odds.</summary>
    private ref struct BoolDecoder
    {
        private readonly ReadOnlySpan<byte> _data;
        private int _at;
        private int _value;
        private int _range = 255;
        private int _shifted;

        public BoolDecoder(ReadOnlySpan<byte> data)
        {
            _data = data;
            _value = (Next() << 8) | Next();
        }

        public int Read(int bits)
        {
            var value = 0;
            for (; bits > 0; bits--)
            {
                value = (value << 1) | ReadBit();
            }

            return value;
        }

        public int ReadOptionalSigned(int bits)
        {
            if (Read(1) == 0)
            {
                return 0;
            }

            var value = Read(bits);
            return Read(1) == 1 ? -value : value;
        }

        private int ReadBit()
        {
            var split = 1 + (((_range - 1) * 128) >> 8);
            var bit = _value >= split << 8 ? 1 : 0;
            if (bit == 1)
            {
                _range -= split;
                _value -= split << 8;
            }
            else
            {
                _range = split;
            }

            while (_range < 128)
            {
                _value <<= 1;
                _range <<= 1;
                if (++_shifted == 8)
                {
                    _shifted = 0;
                    _value |= Next();
                }
            }

            return bit;
        }

        private int Next() => _at < _data.Length ? _data[_at++] : 0;
    }
}
