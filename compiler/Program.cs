// SPDX-License-Identifier: MIT
using TinyInfer.Compiler;

var model = Compiler.Compile(File.ReadAllBytes(args[0]), "model");
File.WriteAllBytes(args[1], model.Image);
return 0;
