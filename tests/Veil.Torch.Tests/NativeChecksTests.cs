using Veil.Torch.Native;

namespace Veil.Torch.Tests;

/// <summary>The native library trusts no caller: what C# checks before is refused there, too.</summary>
public sealed unsafe class NativeChecksTests
{
    private static readonly NativeSettings Settings = new() { Network = NativeNetwork.Head, Classes = 2, LearningRate = 0.001, Threads = 1 };

    [TorchFact]
    public void Settings_that_make_no_sense_are_refused()
    {
        NativeSettings[] wrong =
        [
            Settings with { Network = (NativeNetwork)7 }, Settings with { Classes = -1 }, Settings with { Classes = 65537 }, Settings with { Threads = 0 },
            Settings with { LearningRate = double.PositiveInfinity }, Settings with { Network = NativeNetwork.ResNet50, Side = 0 },
            Settings with { Network = NativeNetwork.ResNet50, Side = 64, TrainedStages = -1 },
        ];
        Assert.All(wrong, settings => Assert.Equal(TorchStatus.Argument, NativeMethods.veil_classifier_open(settings, null, 0, out _)));

        var resnet = Settings with { Network = NativeNetwork.ResNet50, Side = 64 };
        Assert.Equal(TorchStatus.Argument, NativeMethods.veil_classifier_open(resnet, null, 3, out _));
        Assert.Equal(TorchStatus.Argument, NativeMethods.veil_classifier_open(resnet, null, -3, out _));
        Assert.Equal(TorchStatus.Model, NativeMethods.veil_classifier_open(resnet, null, 0, out _));
        var tensor = default(NativeTensor);
        Assert.Equal(TorchStatus.Argument, NativeMethods.veil_classifier_open(resnet, &tensor, 1, out _));
    }

    [TorchFact]
    public void Pointers_to_nothing_and_lengths_that_do_not_fit_are_refused()
    {
        Assert.Equal(TorchStatus.Ok, NativeMethods.veil_classifier_open(Settings, null, 0, out var opened));
        using var handle = new ClassifierHandle(opened);
        var inputs = stackalloc float[2048];
        var labels = stackalloc int[1];
        var room = stackalloc float[2];
        var bytes = stackalloc byte[64];
        TorchStatus[] refused =
        [
            NativeMethods.veil_classifier_train(handle, null, 2048, labels, 1, out _, out _),
            NativeMethods.veil_classifier_train(handle, inputs, 2048, null, 1, out _, out _),
            NativeMethods.veil_classifier_train(handle, inputs, 2047, labels, 1, out _, out _),
            NativeMethods.veil_classifier_train(handle, inputs, -2048, labels, -1, out _, out _),
            NativeMethods.veil_classifier_train(handle, inputs, 0, labels, 0, out _, out _),
            NativeMethods.veil_classifier_predict(handle, inputs, 2048, 1, null, 2),
            NativeMethods.veil_classifier_predict(handle, inputs, 2048, 1, room, 1),
            NativeMethods.veil_classifier_features(handle, inputs, 2048, 1, room, 2),
            NativeMethods.veil_classifier_save(handle, null, 5),
            NativeMethods.veil_classifier_save(handle, bytes, 64),
            NativeMethods.veil_classifier_load(handle, null, 64),
        ];
        labels[0] = 2;

        Assert.All(refused, status => Assert.Equal(TorchStatus.Argument, status));
        Assert.Equal(TorchStatus.Argument, NativeMethods.veil_classifier_train(handle, inputs, 2048, labels, 1, out _, out _));
        Assert.Equal(TorchStatus.State, NativeMethods.veil_classifier_load(handle, null, 0));
        Assert.Equal(TorchStatus.State, NativeMethods.veil_classifier_load(handle, bytes, 64));
    }
}
