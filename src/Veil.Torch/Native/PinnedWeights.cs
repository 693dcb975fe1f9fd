using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Veil.Torch.Native;

/// <summary>Weights that stay in place while native code copies them.</summary>
internal sealed unsafe class PinnedWeights : IDisposable
{
    private readonly List<MemoryHandle> _pins = [];

    public PinnedWeights(IReadOnlyList<InitialWeight> weights)
    {
        Tensors = new NativeTensor[weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            var weight = weights[i];
            Tensors[i] = new NativeTensor
            {
                Name = (byte*)Pin<byte>(Encoding.UTF8.GetBytes(weight.Name + '\0')),
                Dimensions = (long*)Pin<long>(weight.Dimensions.Select(length => (long)length).ToArray()),
                Values = (float*)Pin(MemoryMarshal.AsMemory(weight.Values)),
                Rank = weight.Dimensions.Count,
            };
        }
    }

    public NativeTensor[] Tensors { get; }

    public void Dispose() => _pins.ForEach(pin => pin.Dispose());

    private void* Pin<T>(Memory<T> memory)
    {
        _pins.Add(memory.Pin());
        return _pins[^1].Pointer;
    }
}
