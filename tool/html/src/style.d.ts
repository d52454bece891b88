// The bundler puts the style beside the program.
declare module "*.css";
