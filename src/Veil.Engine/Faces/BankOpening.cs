using Veil.Onnx.Generation;

namespace Veil.Engine.Faces;

/// <summary>Opens a bank of faces, which may have to be made first: shows how far that is, and may stop it.</summary>
/// <param name="open">Opens it; takes what is told of progress, null for nobody, and what stops it.</param>
internal delegate FaceBank BankOpening(Func<IProgress<FaceBankProgress>?, CancellationToken, FaceBank> open);
