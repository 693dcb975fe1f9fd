using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Veil.Torch.Tests;

/// <summary>What a saved state holds, read by its layout in native/torch/state.h.</summary>
internal sealed class SavedState
{
    private readonly Dictionary<string, float[]> _values = [];
    private int _at;

    public SavedState(byte[] state)
    {
        Mark = Encoding.ASCII.GetString(state, 0, 8);
        _at = 8 + 16 + 16;
        Steps = BinaryPrimitives.ReadInt64LittleEndian(state.AsSpan(_at));
        _at += 8;
        for (var left = Number(state); left > 0; left--)
        {
            var length = Number(state);
            var name = Encoding.ASCII.GetString(state, _at, length);
            _at += length;
            var trained = Number(state) == 1;
            var count = 1L;
            for (var rank = Number(state); rank > 0; rank--)
            {
                count *= BinaryPrimitives.ReadInt64LittleEndian(state.AsSpan(_at));
                _at += 8;
            }

            _values[name] = MemoryMarshal.Cast<byte, float>(state.AsSpan(_at, (int)count * 4)).ToArray();
            _at += (int)count * 4 * (trained ? 3 : 1);
        }

        Assert.Equal(state.Length - 32, _at);
    }

    public string Mark { get; }

    public long Steps { get; }

    public IReadOnlyCollection<string> Names => _values.Keys;

    public float[] this[string name] => _values[name];

    private int Number(byte[] state)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(_at));
        _at += 4;
        return number;
    }
}
