using System.CommandLine;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.TensorFlowLite.Bodies;

namespace Veil.Cli.Options;

/// <summary><c>--keep-occlusions</c>: whether what is in front of faces stays, for methods that ask for it.</summary>
internal static class OccluderOption
{
    private static readonly Option<KeptOcclusions> Keep = new("--keep-occlusions")
    {
        Description = "Whether hair over the forehead, hats and collars in front of faces stay as they are where that is sure: with method synthetic, in pictures; no other method leaves them (docs/synthetic.md).",
        HelpName = "On|Off",
        DefaultValueFactory = _ => KeptOcclusions.On,
    };

    public static void AddTo(Command command) => command.Add(Keep);

    /// <summary>What the user wants.</summary>
    public static KeptOcclusions Read(ParseResult parsed) => parsed.GetValue(Keep);

    /// <summary>A provider that tells what is in front of faces, where that is to stay. Fails here when the network cannot be used.</summary>
    /// <param name="regions">Gives faces with dense points; owned by what is returned.</param>
    /// <param name="occlusions">What the user wants.</param>
    /// <param name="store">Where the network is.</param>
    public static IRegionProvider Complete(IRegionProvider regions, KeptOcclusions occlusions, ModelStore store) =>
        occlusions == KeptOcclusions.Off ? regions : new UnobscuredRegions(regions, SelfieParser.Loader(id => store.Read(ModelManifest.Find(id))));
}
