using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Veil.Torch.Tests;

/// <summary>What a saved state holds, read by its layout in native/torch/state.h.</summary>
internal sealed class SavedState
{
    private readonly Dictionary<string, (int At, int Length)> _values = [];
    private readonly byte[] _state;
    private int _at;

    public SavedState(byte[] state)
    {
        _state = state;
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

            _values[name] = (_at, (int)count * 4);
            _at += (int)count * 4 * (trained ? 3 : 1);
        }

        Assert.Equal(state.Length - 32, _at);
    }

    public string Mark { get; }

    public long Steps { get; }

    public IReadOnlyCollection<string> Names => _values.Keys;

    public float[] this[string name] => MemoryMarshal.Cast<byte, float>(Bytes(name)).ToArray();

    public ReadOnlySpan<byte> Bytes(string name) => _state.AsSpan(_values[name].At, _values[name].Length);

    private int Number(byte[] state)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(_at));
        _at += 4;
        return number;
    }
}
